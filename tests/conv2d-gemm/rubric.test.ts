import { expect, test } from '@jest/globals';
import { assignmentOf } from '../e2e/support/gradeFiles.ts';

const assignment = assignmentOf('conv2d-gemm');

test('the points are 100, 60 of them for question 1 and 15 for accuracy and question 3', () => {
  const points = (groups: RegExp) =>
    assignment.rubric
      .filter(({ group }) => groups.test(group))
      .flatMap(({ criteria }) => criteria)
      .filter(({ bonus }) => !bonus)
      .reduce((sum, criterion) => sum + criterion.points, 0);
  expect([points(/^Question 1/), points(/^Speed|^Question 2/), points(/^Accuracy/)]).toEqual([60, 25, 15]);
});
