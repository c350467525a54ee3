import { randomInt } from 'node:crypto';
import { afterAll } from '@jest/globals';
import { selectCriteria } from '../../../grader/grade/selectCriteria.ts';
import { findSandbox } from '../../../grader/isolation/findSandbox.ts';
import type { Assignment } from '../../../grader/model/assignment.ts';
import type { Finding } from '../../../grader/model/outcome.ts';
import { InProcessExaminer } from '../../../grader/prove/inProcess/InProcessExaminer.ts';
import { ROOT } from './gradeFiles.ts';

/** A criterion takes a second or two, of slow products ten; one that hangs would take forever. */
const CRITERION_SECONDS = 20;

/** One for all examinations of a file of tests, fresh in every run: what was computed for one mutant serves the next. */
const SEED = randomInt(1, 2 ** 31);

let examiner: Promise<InProcessExaminer> | undefined;
afterAll(async () => (await examiner)?.close());

const openExaminer = async (): Promise<InProcessExaminer> => new InProcessExaminer(ROOT, await findSandbox(ROOT));

/**
 * What the suites find in deliverables of our own, several times as fast as a grading finds it; nothing if they hang or
 * end the process.
 */
export async function examineInProcess(
  assignment: Assignment,
  deliverables: ReadonlyMap<string, string>,
  only: readonly string[],
): Promise<readonly Finding[] | undefined> {
  const { findings, ended } = await (
    await (examiner ??= openExaminer())
  ).examine({
    assignment,
    deliverables,
    selected: selectCriteria(assignment, only),
    seed: SEED,
    criterionSeconds: CRITERION_SECONDS,
    verdictsOnly: true,
  });
  const isWhole = ended === undefined && findings.every(({ status }) => status !== 'grader-error');
  return isWhole ? findings : undefined;
}
