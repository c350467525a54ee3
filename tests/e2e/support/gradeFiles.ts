import { chooseGemm } from '@im2grade/engine/run';
import { afterAll } from '@jest/globals';
import { findAssignment } from '../../../grader/assignments/findAssignments.ts';
import { SuiteRunners } from '../../../grader/examine/SuiteRunners.ts';
import { grade, type GradeProgress } from '../../../grader/grade/grade.ts';
import { findSandbox } from '../../../grader/isolation/findSandbox.ts';
import type { Sandbox } from '../../../grader/isolation/Sandbox.ts';
import { ownDeliverables } from '../../../grader/compile/mergeFiles.ts';
import type { Assignment } from '../../../grader/model/assignment.ts';
import type { ScoreReport } from '../../../grader/model/report.ts';
import { ownSubmission } from '../../../grader/grade/ownSubmission.ts';

/** `npm test` runs in the repository's folder. */
export const ROOT = process.cwd();

export const assignmentOf = (id: string): Assignment => findAssignment(ROOT, id);

/** The deliverables in one of our own folders: the reference, the naive loops, an accepted solution, the stubs. */
export const deliverablesIn = (assignment: Assignment, folder: string): Map<string, string> =>
  ownDeliverables(assignment, folder);

let sandbox: Promise<Sandbox> | undefined;

const suiteRunners = new SuiteRunners();
afterAll(() => suiteRunners.close());

/** Grades deliverables as the command does, without the terminal and without files. */
export async function gradeFiles(
  assignment: Assignment,
  name: string,
  files: ReadonlyMap<string, string>,
  only: readonly string[],
  seed?: number,
  where?: Sandbox,
  progress: GradeProgress = { step() {}, started() {}, finished() {} },
): Promise<ScoreReport> {
  const submission = ownSubmission(name, files);
  return grade({
    root: ROOT,
    assignment,
    submission,
    path: name,
    seed,
    only,
    gemm: chooseGemm(process.env['IM2GRADE_GEMM']),
    sandbox: where ?? (await (sandbox ??= findSandbox(ROOT))),
    suiteRunners,
    progress,
  });
}
