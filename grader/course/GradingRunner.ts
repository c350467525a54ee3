import { join } from 'node:path';
import type { GemmKind } from '@im2grade/engine/run';
import { grade, type GradeOptions, type GradeProgress } from '../grade/grade.ts';
import { reweigh } from '../grade/reweigh.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { type Grading, gradingRows, readGrading, saveGrading } from '../gradebook/store/gradings.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import type { Assignment } from '../model/assignment.ts';
import { UngradableError } from '../model/errors.ts';
import { hasGraderError } from '../model/outcome.ts';
import type { Submission } from '../model/submission.ts';
import { gradingKey, type ProgramDigests, programDigests, rubricDigest } from './gradingKey.ts';

export interface RunnerOptions {
  /** The repository's folder. */
  readonly root: string;
  readonly assignment: Assignment;
  readonly book: CourseGradebook;
  readonly gemm: GemmKind;
  readonly sandbox: Sandbox;
  readonly suiteRunners: GradeOptions['suiteRunners'];
  readonly signal: AbortSignal;
}

/** What is to be graded, on which inputs. */
export interface Work {
  readonly submission: Submission;
  /** How the user named it; used in the replay commands. */
  readonly path: string;
  readonly seed: number;
}

export interface Found {
  readonly key: string;
  readonly grading: Grading;
  /** False if an earlier run had graded it. */
  readonly isNew: boolean;
}

const SILENT: GradeProgress = { step() {}, started() {}, finished() {} };

/**
 * Grades submissions, or finds their earlier gradings in the gradebook. These get the points, weights and texts that the
 * assignment has now.
 */
export class GradingRunner {
  readonly #options: RunnerOptions;
  /** What everything is graded with. */
  readonly program: ProgramDigests;
  /** What everything is scored with. */
  readonly rubric: string;
  /** Gradings in progress by key: work that two students have handed in is graded once. */
  readonly #running = new Map<string, Promise<Grading>>();

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.program = programDigests(options.root, options.assignment);
    this.rubric = rubricDigest(options.assignment);
  }

  /** The key that a grading of these criteria has. */
  keyOf({ submission, seed }: Pick<Work, 'submission' | 'seed'>, criteria: readonly string[]): string {
    const { gemm, sandbox } = this.#options;
    return gradingKey({
      ...{ submission: submission.digest, program: this.program, gemm, isolation: sandbox.tier, seed, criteria },
    });
  }

  /** True if earlier runs have finished all of these gradings. */
  async knows(work: Pick<Work, 'submission' | 'seed'>, parts: readonly string[][]): Promise<boolean> {
    const { book } = this.#options;
    const keys = parts.map((criteria) => this.keyOf(work, criteria));
    const rows = await gradingRows(book, keys);
    return rows.length === keys.length && rows.every(({ report }) => report === '' || book.reports.has(report));
  }

  /** Examines these criteria together. */
  async grading(work: Work, criteria: readonly string[]): Promise<Found> {
    const key = this.keyOf(work, criteria);
    const running = this.#running.get(key);
    if (running) return { key, grading: await running, isNew: true };
    const known = await this.#known(key);
    if (known) return { key, grading: known, isNew: false };
    const made = this.#running.get(key) ?? this.#gradeAnew(work, criteria, key);
    this.#running.set(key, made);
    try {
      return { key, grading: await made, isNew: true };
    } finally {
      this.#running.delete(key);
    }
  }

  async #known(key: string): Promise<Grading | undefined> {
    const { book, assignment } = this.#options;
    const known = await readGrading(book, key);
    return known?.type === 'graded' ? { ...known, report: reweigh(assignment, known.report) } : known;
  }

  async #gradeAnew({ submission, path, seed }: Work, criteria: readonly string[], key: string): Promise<Grading> {
    const { root, assignment, book, gemm, sandbox, suiteRunners, signal } = this.#options;
    const facts = {
      ...{ key, assignment: assignment.id, submission: submission.digest, seed },
      ...{ assignmentSources: this.program.assignment, graderSources: this.program.grader },
    };
    try {
      const only = [...criteria];
      const report = await grade({
        ...{ root, assignment, submission, path, seed, only, gemm, sandbox, suiteRunners, signal, progress: SILENT },
      });
      // A grading that was interrupted, or that the grader failed at, is repeated the next time.
      if (signal.aborted || hasGraderError(report.outcomes)) return { type: 'graded', report };
      return await saveGrading(book, facts, report);
    } catch (error) {
      if (!(error instanceof UngradableError)) throw error;
      if (signal.aborted) return { type: 'ungradable', message: error.message };
      return saveGrading(book, facts, error.message);
    }
  }
}

/** How a hand-in of a class is called in the replay commands. */
export const pathIn = (path: string, source: string): string => join(path, source);
