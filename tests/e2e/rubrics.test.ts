import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { assignmentIds } from '../../grader/assignments/findAssignments.ts';
import { derivedFiles } from '../../grader/authoring/syncSkeleton.ts';
import { suiteFiles } from '../../grader/compile/runtimeBundles.ts';
import { criteriaOf } from '../../grader/model/assignment.ts';
import { readMutants, readUnfair } from '../kit/src/mutant.ts';
import { assignmentOf, ROOT } from './support/gradeFiles.ts';
import { mutatedFiles } from './support/mutatedFiles.ts';

test.each(assignmentIds(ROOT))(
  'the suites of %s examine the criteria of assignment.yaml, no more and no fewer',
  (id) => {
    const assignment = assignmentOf(id);
    const examined = suiteFiles(assignment.folders.tests).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^\s*criterion\(\s*'([^']+)'/gmu)].map(([, name]) => name),
    );
    const byMachine = criteriaOf(assignment).filter(({ kind, notMeasurable }) => kind !== 'manual' && !notMeasurable);
    expect([...examined].sort()).toEqual(byMachine.map((criterion) => criterion.id).sort());
  },
);

test.each(assignmentIds(ROOT))('the suites of %s are proved honest', (id) => {
  const proof = readFileSync(join(assignmentOf(id).folders.tests, 'honesty.test.ts'), 'utf8');
  expect(proof).toContain(`provesHonest('${id}');`);
});

test.each(assignmentIds(ROOT))('every edit of the mutants and unfair submissions of %s finds its text', (id) => {
  const assignment = assignmentOf(id);
  const { tests } = assignment.folders;
  const unfair = existsSync(join(tests, 'unfair')) ? readUnfair(tests) : [];
  for (const edited of [...readMutants(tests), ...unfair]) expect(() => mutatedFiles(assignment, edited)).not.toThrow();
});

test.each(assignmentIds(ROOT))('the skeleton of %s is derived from the reference if that has fences', async (id) => {
  const stale = (await derivedFiles(ROOT, assignmentOf(id))).filter(({ isStale }) => isStale);
  expect(stale.map(({ path }) => path)).toEqual([]);
});
