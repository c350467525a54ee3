import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { suiteFiles } from '../../grader/build/ownPrograms.ts';
import { criteriaOf } from '../../grader/model/assignment.ts';
import { assignmentOf } from '../support/gradeFiles.ts';

const assignment = assignmentOf('conv2d-gemm');

test('the suites examine the criteria of assignment.yaml, no more and no fewer', () => {
  const examined = suiteFiles(assignment.folders.tests).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^\s*criterion\(\s*'([^']+)'/gmu)].map(([, id]) => id),
  );
  const byMachine = criteriaOf(assignment).filter(({ kind, notMeasurable }) => kind !== 'manual' && !notMeasurable);
  expect([...examined].sort()).toEqual(byMachine.map(({ id }) => id).sort());
});

test('the points are 100, 60 of them for question 1 and 15 for accuracy and question 3', () => {
  const points = (groups: RegExp) =>
    assignment.rubric
      .filter(({ group }) => groups.test(group))
      .flatMap(({ criteria }) => criteria)
      .filter(({ bonus }) => !bonus)
      .reduce((sum, criterion) => sum + criterion.points, 0);
  expect([points(/^Question 1/), points(/^Speed|^Question 2/), points(/^Accuracy/)]).toEqual([60, 25, 15]);
});
