import { expect, test } from '@jest/globals';
import { assignmentOf } from '../e2e/support/gradeFiles.ts';

const { rubric } = assignmentOf('cifar-nets');

const pointsOf = (group: RegExp): number =>
  rubric
    .filter((each) => group.test(each.group))
    .flatMap(({ criteria }) => criteria.map(({ points }) => points))
    .reduce((a, b) => a + b, 0);

test.each([
  ['Task 1', /^Task 1/u, 0.75],
  ['its parts', /^Task 1a/u, 0.4],
  ['its parts', /^Task 1b/u, 0.1],
  ['its parts', /^Task 1c/u, 0.25],
  ['Task 2', /^Task 2/u, 2.5],
  ['its parts', /^Task 2a/u, 1],
  ['its parts', /^Task 2b/u, 0.5],
  ['its parts', /^Task 2[cd]/u, 0.5],
  ['its parts', /^Task 2e/u, 0.5],
  ['Task 3', /^Task 3/u, 2.75],
  ['its parts', /^Task 3a/u, 0.5],
  ['its parts', /^Task 3[bc]/u, 0.6],
  ['its parts', /^Task 3d/u, 0.4],
  ['its parts', /^Task 3e/u, 0.5],
  ['its parts', /^Task 3f/u, 0.25],
  ['its parts', /^Task 3g/u, 0.5],
])('%s (%s) has the points that the course gives it', (_, group, points) =>
  expect(pointsOf(group)).toBeCloseTo(points, 9),
);
