import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { assignmentIds } from '../../../grader/assignments/findAssignments.ts';
import { syncSkeleton } from '../../../grader/authoring/syncSkeleton.ts';
import { readmePoints } from '../../../grader/honesty/readmePoints.ts';
import { unexaminedFunctions } from '../../../grader/honesty/unexaminedFunctions.ts';
import { exampleCourse } from '../support/exampleCourse.ts';
import { assignmentOf, ROOT } from '../support/gradeFiles.ts';

describe.each(assignmentIds(ROOT))('%s', (id) => {
  test('every function that students write is examined, and the README promises the points of the rubric', () => {
    expect(unexaminedFunctions(assignmentOf(id))).toEqual([]);
    expect(readmePoints(assignmentOf(id))).toEqual([]);
  });
});

const [extended, shortened] = [exampleCourse(), exampleCourse()];

const unexamined = (name: string) =>
  `nothing examines ${name} of src/batchNorm.ts: no suite calls it through src/entry.ts`;

const FENCED = (name: string, solution: string) =>
  `\nexport function ${name}(x: Real): void {\n  // BEGIN SOLUTION\n  ${solution}\n  // END SOLUTION\n}\n`;

test('a function of the solution that nothing calls is found; one that another function calls is not', async () => {
  const { at, assignment } = extended;
  expect(unexaminedFunctions(assignment())).toEqual([]);
  appendFileSync(at('reference', 'src/batchNorm.ts'), FENCED('halve', 'double(x);') + FENCED('double', 'x.fill(2);'));
  await syncSkeleton(ROOT, assignment());
  expect(unexaminedFunctions(assignment())).toEqual([unexamined('halve')]);
});

test('a function of the entry that no suite calls is found, although a module next to the suites names it', () => {
  const { at, assignment } = shortened;
  const suite = at('tests', '1-definitions.suite.ts');
  const [kept] = readFileSync(suite, 'utf8').split("criterion(\n  'batch-norm-backward");
  writeFileSync(suite, kept);
  expect(unexaminedFunctions(assignment())).toEqual([unexamined('batchNormBackward')]);
});
