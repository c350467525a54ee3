import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GemmKind } from '@im2grade/engine/run';
import { grade, type GradeOptions, type GradeProgress } from '../grade/grade.ts';
import { selectCriteria } from '../grade/selectCriteria.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import { readListing } from '../intake/readSubmission.ts';
import { type Assignment, criteriaOf } from '../model/assignment.ts';
import type { ClassRow } from '../model/classReport.ts';
import type { Deadlines } from '../model/deadlines.ts';
import { machineFaultOf, UngradableError, UsageError } from '../model/errors.ts';
import { hasGraderError } from '../model/outcome.ts';
import type { ScoreReport } from '../model/report.ts';
import type { Submission } from '../model/submission.ts';
import type { WantedFormat } from '../platforms/formats.ts';
import { readManual } from '../gradebook/manualFile.ts';
import { saveFormats, saveRefusal } from '../platforms/saveFormats.ts';
import { saveRefusalPage } from '../report/saveRefusalPage.ts';
import { isSaved, reportNaming, saveReport } from '../report/saveReport.ts';
import { applyManualPoints } from '../score/applyManualPoints.ts';
import { timesOf } from './deadlines.ts';
import { gradingKey, programDigest, seedOf } from './gradingKey.ts';
import type { HandIn } from './handInsOf.ts';
import type { Grading, Journal } from './Journal.ts';
import { mergeReports } from './mergeReports.ts';
import { inPool } from '../common/inPool.ts';
import { failedRow, gradedRow } from './rows.ts';

export interface ClassOptions {
  /** The repository's folder. */
  readonly root: string;
  readonly assignment: Assignment;
  readonly handIns: readonly HandIn[];
  /** How the user named the class; used in the replay commands. */
  readonly path: string;
  /** Folder for the reports. */
  readonly out: string;
  readonly journal: Journal;
  readonly seed: number;
  /** Ids, id prefixes or kinds; everything when empty. */
  readonly only: readonly string[];
  readonly gemm: GemmKind;
  readonly sandbox: Sandbox;
  readonly suiteRunners: GradeOptions['suiteRunners'];
  readonly deadlines: Deadlines;
  /** Other formats to save with each report. */
  readonly wanted: readonly WantedFormat[];
  /** Number of submissions whose correctness is examined at a time. */
  readonly jobs: number;
  readonly progress: ClassProgress;
  readonly signal: AbortSignal;
}

export interface ClassProgress {
  /** A pass over all submissions begins. */
  begin(pass: 'correctness' | 'speed and accuracy', submissions: number): void;
  started(name: string): void;
  /** @param isNew - false if an earlier run had graded it */
  finished(row: ClassRow, isNew: boolean): void;
}

/** These need a machine that does nothing else. */
const TIMED = new Set(['speed', 'accuracy']);

/**
 * Grades a class in two passes. The first examines what does not depend on time, with as many submissions at a time as
 * there are jobs. The second measures speed and accuracy, one submission at a time, with the machine to itself. The
 * second pass repeats, on the same inputs, the criteria that its own criteria need.
 *
 * Every finished grading is in the journal before its reports are written, and is not repeated. Of a finished
 * submission only its row is kept in memory.
 *
 * @returns a row for each hand-in, in their order; undefined if the signal came first
 */
export async function gradeClass(options: ClassOptions): Promise<(ClassRow | undefined)[]> {
  const { assignment, handIns, jobs, progress, signal } = options;
  const { untimed, timed } = passesOf(assignment, options.only);
  const grader = new Grader(options);
  const rows = new Array<ClassRow | undefined>(handIns.length).fill(undefined);
  const pass = async (parts: readonly string[][], width: number) => {
    await inPool(handIns, width, signal, async (handIn, index) => {
      progress.started(handIn.name);
      const { row, isNew } = await grader.rowOf(handIn, parts);
      if (signal.aborted) return;
      rows[index] = row;
      progress.finished(row, isNew);
    });
  };
  if (untimed.length > 0) {
    progress.begin('correctness', handIns.length);
    await pass([untimed], jobs);
  }
  if (timed.length > 0 && !signal.aborted) {
    progress.begin('speed and accuracy', handIns.length);
    await pass(untimed.length > 0 ? [untimed, timed] : [timed], 1);
  }
  return rows;
}

/** What each pass examines: kinds when everything is graded, ids when the user selected criteria. */
function passesOf(assignment: Assignment, only: readonly string[]): { untimed: string[]; timed: string[] } {
  const selected = new Set(selectCriteria(assignment, only));
  const criteria = criteriaOf(assignment).filter(({ id }) => selected.has(id));
  const wordsOf = (isTimed: boolean) => [
    ...new Set(
      criteria.filter(({ kind }) => TIMED.has(kind) === isTimed).map(({ id, kind }) => (only.length === 0 ? kind : id)),
    ),
  ];
  return { untimed: wordsOf(false), timed: wordsOf(true) };
}

const SILENT: GradeProgress = { step() {}, started() {}, finished() {} };

/** Grades submissions, or finds their earlier gradings. */
class Grader {
  readonly #options: ClassOptions;
  readonly #program: string;
  /** Gradings in progress by key: work that two students have handed in is graded once. */
  readonly #running = new Map<string, Promise<Grading>>();

  constructor(options: ClassOptions) {
    this.#options = options;
    this.#program = programDigest(options.root, options.assignment);
  }

  /**
   * A submission's row after all `parts`, each a list of criteria that are examined together.
   *
   * @throws UsageError only if the command or the assignment is at fault
   */
  async rowOf(handIn: HandIn, parts: readonly string[][]): Promise<{ row: ClassRow; isNew: boolean }> {
    const { assignment, out, deadlines } = this.#options;
    let isNew = false;
    try {
      const submission = await readListing(
        await handIn.list(this.#options.signal),
        handIn.name,
        handIn.source,
        assignment,
      );
      const reports = [];
      for (const criteria of parts) {
        const found = await this.#grading(handIn, submission, criteria);
        isNew ||= found.isNew;
        if (found.grading.type === 'ungradable')
          return { row: await this.#refused(handIn, found.grading.message), isNew };
        reports.push(found.grading.report);
      }
      const folder = join(out, handIn.folder);
      const graded = this.#named(mergeReports(assignment, reports), submission, parts);
      const times = timesOf(deadlines, handIn);
      const report = applyManualPoints(assignment, graded, { manual: await readManual(folder, assignment.id), times });
      await this.#save(report, folder);
      return { row: gradedRow(handIn, report, times), isNew };
    } catch (error) {
      // A mistake in the assignment or the command affects the whole class.
      if (error instanceof UsageError) throw error;
      if (error instanceof UngradableError) return { row: await this.#refused(handIn, error.message), isNew: true };
      const { message } = machineFaultOf(error) ?? (error as Error);
      return { row: failedRow(handIn, 'grader-error', message), isNew: true };
    }
  }

  /** Those of whom nothing could be graded have a page, too. */
  async #refused(handIn: HandIn, message: string): Promise<ClassRow> {
    const { assignment, out, wanted } = this.#options;
    const refusal = { assignment, submission: handIn.name, message: message.split('\n')[0] };
    const folder = join(out, handIn.folder);
    await saveRefusal(wanted, refusal, folder);
    await saveRefusalPage(refusal, folder);
    return failedRow(handIn, 'ungradable', message);
  }

  /** An earlier run that was killed may have saved part of it. */
  async #save(report: ScoreReport, folder: string): Promise<void> {
    const named = await reportNaming(report, folder, this.#options.only);
    const isNew = !(await isSaved(report, folder, named));
    if (isNew) await saveReport(report, folder, named);
    const isMissing = ({ format }: WantedFormat) => isNew || !existsSync(join(folder, named(format.file)));
    await saveFormats(this.#options.wanted.filter(isMissing), report, folder, named);
  }

  /** The report under this submission's name: identical work of another student shares the grading. */
  #named(report: ScoreReport, { name, ignored, assumed }: Submission, parts: readonly string[][]): ScoreReport {
    const { assignment, only } = this.#options;
    const isWhole = report.outcomes.length === selectCriteria(assignment, only).length;
    return {
      ...report,
      submission: { ...report.submission, name, ignored: [...ignored], assumed: [...assumed] },
      grading: { ...report.grading, only: isWhole ? [...only] : parts.flat() },
    };
  }

  async #grading(
    handIn: HandIn,
    submission: Submission,
    criteria: readonly string[],
  ): Promise<{ grading: Grading; isNew: boolean }> {
    const { journal, gemm, sandbox, seed: classSeed } = this.#options;
    const seed = seedOf(classSeed, submission.digest);
    const key = gradingKey({
      submission: submission.digest,
      program: this.#program,
      gemm,
      isolation: sandbox.tier,
      seed,
      criteria,
    });
    const running = this.#running.get(key);
    if (running) return { grading: await running, isNew: true };
    const known = await journal.read(key);
    if (known) return { grading: known, isNew: false };
    const work = this.#running.get(key) ?? this.#gradeAnew(handIn, submission, criteria, seed, key);
    this.#running.set(key, work);
    try {
      return { grading: await work, isNew: true };
    } finally {
      this.#running.delete(key);
    }
  }

  async #gradeAnew(
    handIn: HandIn,
    submission: Submission,
    criteria: readonly string[],
    seed: number,
    key: string,
  ): Promise<Grading> {
    const { root, assignment, path, gemm, sandbox, suiteRunners, journal, signal } = this.#options;
    let grading: Grading;
    try {
      const only = [...criteria];
      const source = join(path, handIn.source);
      const report = await grade({
        root,
        assignment,
        submission,
        path: source,
        seed,
        only,
        gemm,
        sandbox,
        suiteRunners,
        progress: SILENT,
        signal,
      });
      grading = { type: 'graded', report };
    } catch (error) {
      if (!(error instanceof UngradableError)) throw error;
      grading = { type: 'ungradable', message: error.message };
    }
    // A grading that was interrupted, or that the grader failed at, is repeated the next time.
    const isFinal = grading.type === 'ungradable' || !hasGraderError(grading.report.outcomes);
    if (isFinal && !signal.aborted) await journal.write(key, grading);
    return grading;
  }
}
