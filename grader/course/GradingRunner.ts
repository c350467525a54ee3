import { join } from 'node:path';
import type { GemmKind } from '@im2grade/engine/run';
import { Collector } from '../engines/Collector.ts';
import type { Engine, Made } from '../engines/Engine.ts';
import type { Order } from '../engines/Job.ts';
import { gradingCommands, withCommands } from '../grade/gradingCommands.ts';
import { reweigh } from '../grade/reweigh.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { type Grading, gradingRows, readGrading, saveGrading } from '../gradebook/store/gradings.ts';
import type { Assignment } from '../model/assignment.ts';
import type { IsolationTier } from '../model/isolation.ts';
import { Finding, hasGraderError } from '../model/outcome.ts';
import type { Outcome, ScoreReport } from '../model/report.ts';
import type { Submission } from '../model/submission.ts';
import { gradingKey, type ProgramDigests, programDigests, rubricDigest } from '../engines/gradingKey.ts';

export interface RunnerOptions {
  /** The repository's folder. */
  readonly root: string;
  readonly assignment: Assignment;
  readonly book: CourseGradebook;
  readonly gemm: GemmKind;
  readonly isolation: IsolationTier;
  /** What makes the gradings. */
  readonly engine: Engine;
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

/**
 * Has submissions graded, or finds their earlier gradings in the gradebook. These get the points, weights and texts that the
 * assignment has now.
 */
export class GradingRunner {
  readonly #options: RunnerOptions;
  readonly #collector: Collector;
  /** What everything is graded with. */
  readonly program: ProgramDigests;
  /** What everything is scored with. */
  readonly rubric: string;
  /** Gradings in progress by key: work that two students have handed in is graded once. */
  readonly #running = new Map<string, Promise<Grading>>();

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#collector = new Collector(options.engine, options.signal);
    this.program = programDigests(options.root, options.assignment);
    this.rubric = rubricDigest(options.assignment);
  }

  /** The key that a grading of these criteria has. */
  keyOf({ submission, seed }: Pick<Work, 'submission' | 'seed'>, criteria: readonly string[]): string {
    const { gemm, isolation } = this.#options;
    return gradingKey({ submission: submission.digest, program: this.program, gemm, isolation, seed, criteria });
  }

  /** True if earlier runs have finished all of these gradings. */
  async knows(work: Pick<Work, 'submission' | 'seed'>, parts: readonly string[][]): Promise<boolean> {
    const { book } = this.#options;
    const keys = parts.map((criteria) => this.keyOf(work, criteria));
    const rows = await gradingRows(book, keys);
    return rows.length === keys.length && rows.every(({ report }) => report === '' || book.reports.has(report));
  }

  /**
   * Examines the criteria of each part together, the parts one after another.
   *
   * @returns what was found of each part
   */
  async gradings(work: Work, parts: readonly string[][]): Promise<Found[]> {
    const found: Found[] = [];
    for (const criteria of parts) {
      const known = found.flatMap(({ grading }) => (grading.type === 'graded' ? grading.report.outcomes : []));
      found.push(await this.#grading(work, criteria, known));
    }
    return found;
  }

  async #grading(work: Work, criteria: readonly string[], known: readonly Outcome[]): Promise<Found> {
    const key = this.keyOf(work, criteria);
    const running = this.#running.get(key);
    if (running) return { key, grading: await running, isNew: true };
    const stored = await this.#stored(key);
    if (stored) return { key, grading: stored, isNew: false };
    const made = this.#running.get(key) ?? this.#gradeAnew(work, criteria, known, key);
    this.#running.set(key, made);
    try {
      return { key, grading: await made, isNew: true };
    } finally {
      this.#running.delete(key);
    }
  }

  async #stored(key: string): Promise<Grading | undefined> {
    const stored = await readGrading(this.#options.book, key);
    return stored && this.#scored(stored);
  }

  /** Another collector, or an earlier command, may have scored it otherwise. */
  #scored(grading: Grading): Grading {
    if (grading.type === 'ungradable') return grading;
    return { ...grading, report: reweigh(this.#options.assignment, grading.report) };
  }

  async #gradeAnew(work: Work, criteria: readonly string[], outcomes: readonly Outcome[], key: string) {
    const order = this.orderOf(work, criteria, outcomes);
    const found = await this.#collector.make(order, (made) => this.#record(work, key, made));
    if (found.type === 'failed') throw found.error;
    return found;
  }

  /** What the engine is given to make a grading. */
  orderOf({ submission, seed }: Work, criteria: readonly string[], outcomes: readonly Outcome[] = []): Order {
    const { assignment, gemm, isolation } = this.#options;
    const { digest, absent, unusable, files } = submission;
    const key = this.keyOf({ submission, seed }, criteria);
    const job = {
      ...{ key, assignment: assignment.id, program: this.program, gemm, isolation, seed, criteria: [...criteria] },
      known: knownFindings(outcomes),
      submission: { digest, absent: [...absent], unusable: [...unusable] },
    };
    return { job, files };
  }

  async #record(work: Work, key: string, made: Made): Promise<Exclude<Made, { type: 'graded' }> | Grading> {
    const { assignment, book, signal } = this.#options;
    const { submission, seed } = work;
    const facts = {
      ...{ key, assignment: assignment.id, submission: submission.digest, seed },
      ...{ assignmentSources: this.program.assignment, graderSources: this.program.grader },
    };
    if (made.type === 'failed') return made;
    if (made.type === 'ungradable') return signal.aborted ? made : saveGrading(book, facts, made.message);
    const report = named(made.report, work);
    // A grading that was interrupted, or that the grader failed at, is repeated the next time.
    if (signal.aborted || hasGraderError(report.outcomes)) return { type: 'graded', report };
    return this.#scored(await saveGrading(book, facts, report));
  }
}

/** A report as the one who ordered it knows the work. */
function named(report: ScoreReport, { submission: { name, ignored, assumed }, path, seed }: Work): ScoreReport {
  const commands = gradingCommands({ words: [path], assignment: report.assignment.id, seed });
  return {
    ...withCommands(report, commands),
    submission: { ...report.submission, name, ignored: [...ignored], assumed: [...assumed] },
  };
}

/**
 * The findings that later criteria need not wait for. If one was lost there are none: what becomes of those that need it
 * depends on its calls, too.
 */
function knownFindings(outcomes: readonly Outcome[]): Finding[] {
  const examined = outcomes.filter(({ status }) => status !== 'manual');
  if (examined.some(({ status }) => status !== 'passed')) return [];
  return examined.map(({ id, status, credit }) => Finding.parse({ id, status, credit }));
}

/** How a hand-in of a class is called in the replay commands. */
export const pathIn = (path: string, source: string): string => join(path, source);
