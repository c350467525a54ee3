import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { criteriaOf } from '../../grader/model/assignment.ts';
import { selectCriteria } from '../../grader/grade/selectCriteria.ts';
import { assignmentIds } from '../../grader/assignments/findAssignments.ts';
import { readUnfair, type Unfair } from '../../grader/honesty/keptMutants.ts';
import { examineInProcess } from './support/examineInProcess.ts';
import { assignmentOf, gradeFiles, ROOT } from './support/gradeFiles.ts';
import { mutatedFiles } from '../../grader/honesty/mutatedFiles.ts';

/** What the naive loops may earn because of noise in a measurement. */
const NOISE = 0.1;

describe.each(assignmentIds(ROOT).filter((id) => existsSync(join(ROOT, 'tests', id, 'unfair'))))('%s', (id) => {
  const assignment = assignmentOf(id);
  const kinds = new Map(criteriaOf(assignment).map((criterion) => [criterion.id, criterion.kind]));
  /** What is about speed or accuracy is graded as a submission. */
  const isMeasured = ({ gains }: Unfair): boolean =>
    selectCriteria(assignment, gains).some((one) => !['correctness', 'policy'].includes(kinds.get(one)!));

  test.concurrent.each(readUnfair(assignment.folders.tests).map((one) => [one.name, one] as const))(
    'a submission that %s gains nothing by it',
    async (name, unfair) => {
      const files = mutatedFiles(assignment, unfair);
      const graded = async () => (await gradeFiles(assignment, name, files, unfair.gains)).outcomes;
      if (unfair.refused !== undefined) {
        const outcomes = await graded();
        expect(outcomes.filter(({ status }) => status !== 'not-attempted')).toEqual([]);
        for (const { reason } of outcomes) expect(reason).toContain(unfair.refused);
        return;
      }
      const examined = isMeasured(unfair) ? undefined : await examineInProcess(assignment, files, unfair.gains);
      const outcomes = examined ?? (await graded());
      expect(outcomes.filter(({ status }) => status === 'grader-error' || status === 'blocked')).toEqual([]);
      expect(outcomes.filter(({ credit }) => credit > NOISE)).toEqual([]);
    },
    600_000,
  );
});
