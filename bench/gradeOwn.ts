import { chooseGemm } from '@im2grade/engine/run';
import { withSuiteRunners } from '../grader/examine/SuiteRunners.ts';
import { grade, type GradeProgress } from '../grader/grade/grade.ts';
import { findSandbox } from '../grader/isolation/findSandbox.ts';
import type { Assignment } from '../grader/model/assignment.ts';
import type { ScoreReport } from '../grader/model/report.ts';
import { ownSubmission } from '../grader/grade/ownSubmission.ts';

/** Grades deliverables of our own as the command does, without the terminal and without files. */
export async function gradeOwn({
  root,
  assignment,
  name,
  files,
  only,
  isBesideOthers = false,
  finished = () => {},
}: {
  readonly root: string;
  readonly assignment: Assignment;
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
  readonly only: readonly string[];
  /** Whether other gradings measure times meanwhile, each on a core of its own. */
  readonly isBesideOthers?: boolean;
  readonly finished?: GradeProgress['finished'];
}): Promise<ScoreReport> {
  const progress = { step() {}, started() {}, finished };
  const settings = {
    root,
    assignment,
    submission: ownSubmission(name, files),
    path: name,
    only,
    isBesideOthers,
    progress,
  };
  const sandbox = await findSandbox(root);
  const gemm = chooseGemm(process.env['IM2GRADE_GEMM']);
  return withSuiteRunners((suiteRunners) => grade({ ...settings, sandbox, gemm, suiteRunners }));
}
