import { chooseGemm } from '@im2grade/engine/run';
import type { SuiteRunners } from '../examine/SuiteRunners.ts';
import { grade } from '../grade/grade.ts';
import { ownSubmission } from '../grade/ownSubmission.ts';
import { selectCriteria } from '../grade/selectCriteria.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import { asProved, type Assignment } from '../model/assignment.ts';
import type { Finding } from '../model/outcome.ts';
import type { ScoreReport } from '../model/report.ts';
import { InProcessExaminer } from '../prove/inProcess/InProcessExaminer.ts';
import type { Examiner, Files } from './Check.ts';

/** A criterion takes a second or two; one that hangs would take forever. */
const CRITERION_SECONDS = 10;

interface OwnExaminerOptions {
  /** The repository's folder. */
  readonly root: string;
  readonly assignment: Assignment;
  readonly sandbox: Sandbox;
  readonly suiteRunners: SuiteRunners;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** Examines deliverables of our own, all on the inputs of one seed. */
export class OwnExaminer implements Examiner {
  readonly #options: OwnExaminerOptions;
  readonly #inProcess: InProcessExaminer;

  constructor(options: OwnExaminerOptions) {
    this.#options = { ...options, assignment: asProved(options.assignment) };
    this.#inProcess = new InProcessExaminer(options.root, options.sandbox);
  }

  grade(name: string, files: Files, only: readonly string[], seed = this.#options.seed): Promise<ScoreReport> {
    const submission = ownSubmission(name, files);
    const progress = { step() {}, started() {}, finished() {} };
    return grade({ ...this.#options, submission, path: name, seed, only, gemm: chooseGemm(undefined), progress });
  }

  async examine(deliverables: Files, only: readonly string[]): Promise<readonly Finding[] | undefined> {
    const { assignment, seed, signal } = this.#options;
    const selected = selectCriteria(assignment, only);
    const limits = { criterionSeconds: CRITERION_SECONDS, verdictsOnly: true, signal };
    const examination = { assignment, deliverables, selected, seed, ...limits };
    const { findings, ended } = await this.#inProcess.examine(examination);
    const isWhole = ended === undefined && findings.every(({ status }) => status !== 'grader-error');
    return isWhole ? findings : undefined;
  }

  close(): Promise<void> {
    return this.#inProcess.close();
  }
}
