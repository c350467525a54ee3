import { expect, test } from '@jest/globals';
import { examinations } from '../../../grader/honesty/honestyChecks.ts';
import { asProved } from '../../../grader/model/assignment.ts';
import { assignmentOf, gradeFiles } from './gradeFiles.ts';
import { examineInProcess } from './examineInProcess.ts';

/**
 * Declares the tests of an assignment's suites: the reference earns everything, the skeleton nothing, each mutant loses
 * exactly what its label says, and no accepted solution loses anything. `grade prove` checks the same.
 */
export function provesHonest(id: string): void {
  const assignment = asProved(assignmentOf(id));
  const checks = examinations(assignment, {
    grade: (name, files, only, seed) => gradeFiles(assignment, name, files, only, seed),
    examine: (files, only) => examineInProcess(assignment, files, only),
  });
  test.concurrent.each(checks.map((check) => [check.name, check] as const))(
    '%s',
    async (_, check) => {
      expect(await check.run()).toEqual([]);
    },
    900_000,
  );
}
