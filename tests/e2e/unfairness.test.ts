import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { assignmentIds } from '../../grader/assignments/findAssignments.ts';
import { readUnfair } from '../kit/src/mutant.ts';
import { assignmentOf, gradeFiles, ROOT } from './support/gradeFiles.ts';
import { mutatedFiles } from './support/mutatedFiles.ts';

/** What the naive loops may earn because of noise in a measurement. */
const NOISE = 0.1;

describe.each(assignmentIds(ROOT).filter((id) => existsSync(join(ROOT, 'tests', id, 'unfair'))))('%s', (id) => {
  const assignment = assignmentOf(id);

  test.concurrent.each(readUnfair(assignment.folders.tests).map((one) => [one.name, one] as const))(
    'a submission that %s gains nothing by it',
    async (name, unfair) => {
      const grading = gradeFiles(assignment, name, mutatedFiles(assignment, unfair), unfair.gains);
      if (unfair.refused !== undefined) {
        await expect(grading).rejects.toThrow(unfair.refused);
        return;
      }
      const { outcomes } = await grading;
      expect(outcomes.filter(({ status }) => status === 'grader-error' || status === 'blocked')).toEqual([]);
      expect(outcomes.filter(({ earned, points }) => earned > NOISE * points)).toEqual([]);
    },
    600_000,
  );
});
