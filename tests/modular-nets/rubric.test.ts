import { expect, test } from '@jest/globals';
import { assignmentOf } from '../e2e/support/gradeFiles.ts';

const { rubric } = assignmentOf('modular-nets');

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const pointsOf = (group: RegExp): number =>
  sum(rubric.filter((each) => group.test(each.group)).flatMap(({ criteria }) => criteria.map(({ points }) => points)));

test.each([
  ['Part 1', /^Part 1/u, 10],
  ['Part 2', /^Part 2/u, 20],
  ['FCLayer.ComputeUp', /^Part 1\.1/u, 2],
  ['FCLayer.ComputeDown', /^Part 1\.2/u, 4],
  ['the table of three models', /^Part 1\.7/u, 3],
  ['their comparison', /^Part 1\.8/u, 1],
  ['the warm-up', /warm-up/u, 0],
  ['Method 2', /^Part 2\.2/u, 9],
  ['the table of two models', /^Part 2\.6/u, 2],
  ['the comparison of all', /^Part 2\.7/u, 1],
  ['the layers of convnet2', /^Part 2\.8/u, 6],
  ['the totals', /^Part 2\.9/u, 2],
])('%s has the points that the course gives it', (_, group, points) => expect(pointsOf(group)).toBeCloseTo(points, 9));

test('each of the five models and each of the six layers is worth one point', () => {
  const ones = rubric.flatMap(({ criteria }) => criteria).filter(({ id }) => /^(results|layers)\./u.test(id));
  expect(ones.map(({ points }) => points)).toEqual(new Array(11).fill(1));
});
