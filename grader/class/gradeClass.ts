import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { selectCriteria } from '../grade/selectCriteria.ts';
import { applyEntries } from '../gradebook/applyEntries.ts';
import { type Attempt, recordFailure } from '../gradebook/store/attempts.ts';
import { readResult } from '../gradebook/store/results.ts';
import { readListing } from '../intake/readSubmission.ts';
import { type Assignment, criteriaOf } from '../model/assignment.ts';
import type { ClassRow } from '../model/classReport.ts';
import type { Deadlines } from '../model/deadlines.ts';
import { machineFaultOf, UngradableError, UsageError } from '../model/errors.ts';
import { hasGraderError } from '../model/outcome.ts';
import type { ScoreReport } from '../model/report.ts';
import type { Submission } from '../model/submission.ts';
import type { WantedFormat } from '../platforms/formats.ts';
import { putAwayEarlier, savedFormats, saveFormats, saveRefusal } from '../platforms/saveFormats.ts';
import { saveRefusalPage } from '../report/saveRefusalPage.ts';
import { isSaved, reportNaming, saveReport } from '../report/saveReport.ts';
import { inPool } from '../common/inPool.ts';
import { ClassRecorder } from './ClassRecorder.ts';
import { type Found, GradingRunner, pathIn, type RunnerOptions } from './GradingRunner.ts';
import { seedOf } from './gradingKey.ts';
import { type GradingCommands, gradingCommands, withCommands } from '../grade/gradingCommands.ts';
import { isArchiveName } from '../intake/listArchives.ts';
import type { HandIn } from './handInsOf.ts';
import { mergeReports } from './mergeReports.ts';
import { timesOfAttempt } from '../gradebook/store/attemptTimes.ts';
import { recordResult } from './recordResult.ts';
import { failedRow, gradedRow } from './rows.ts';

export interface ClassOptions extends RunnerOptions {
  readonly handIns: readonly HandIn[];
  /** How the user named the class; used in the replay commands. */
  readonly path: string;
  /** Folder for the reports. */
  readonly out: string;
  readonly seed: number;
  /** Ids, id prefixes or kinds; everything when empty. */
  readonly only: readonly string[];
  readonly deadlines: Deadlines;
  /** Other formats to save with each report. */
  readonly wanted: readonly WantedFormat[];
  /** Number of submissions whose correctness is examined at a time. */
  readonly jobs: number;
  readonly progress: ClassProgress;
  /** Says what a person should know. */
  readonly note: (line: string) => void;
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
 * Every finished grading is in the gradebook before its reports are written, and is not repeated. Of a finished
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
  grader.noteHeld();
  return rows;
}

/** The criteria that each pass examines together when everything is graded, in the order of the passes. */
export function wholePasses(assignment: Assignment): string[][] {
  const { untimed, timed } = passesOf(assignment, []);
  return [untimed, timed].filter((criteria) => criteria.length > 0);
}

/** What each pass examines: kinds when everything is graded, ids when the user selected criteria. */
export function passesOf(assignment: Assignment, only: readonly string[]): { untimed: string[]; timed: string[] } {
  const selected = new Set(selectCriteria(assignment, only));
  const criteria = criteriaOf(assignment).filter(({ id }) => selected.has(id));
  const wordsOf = (isTimed: boolean) => [
    ...new Set(
      criteria.filter(({ kind }) => TIMED.has(kind) === isTimed).map(({ id, kind }) => (only.length === 0 ? kind : id)),
    ),
  ];
  return { untimed: wordsOf(false), timed: wordsOf(true) };
}

/** What a hand-in is: the submission and its attempt, or an attempt that cannot be read. */
interface Taken {
  readonly attempt: Attempt;
  readonly submission: Submission | string;
}

/** Grades submissions, or finds their earlier gradings, and records both. */
class Grader {
  readonly #options: ClassOptions;
  readonly #runner: GradingRunner;
  readonly #recorder: ClassRecorder;
  /** Those whose result was decided on, though grading them anew might give another. */
  readonly #held = new Set<string>();

  constructor(options: ClassOptions) {
    this.#options = options;
    this.#runner = new GradingRunner(options);
    this.#recorder = new ClassRecorder(options);
  }

  /**
   * A submission's row after all `parts`, each a list of criteria that are examined together.
   *
   * @throws UsageError only if the command or the assignment is at fault
   */
  async rowOf(handIn: HandIn, parts: readonly string[][]): Promise<{ row: ClassRow; isNew: boolean }> {
    let attempt: Attempt | undefined;
    try {
      const taken = await this.#take(handIn);
      attempt = taken.attempt;
      if (typeof taken.submission === 'string') return await this.#ungradable(handIn, attempt, taken.submission, true);
      return await this.#graded(handIn, attempt, taken.submission, parts);
    } catch (error) {
      // A mistake in the assignment or the command affects the whole class.
      if (error instanceof UsageError) throw error;
      const { message } = machineFaultOf(error) ?? (error as Error);
      // If the gradebook itself cannot be written, its own fault is the one to report.
      if (attempt) await recordFailure(this.#options.book, attempt.id, 'pending', message).catch(() => undefined);
      return { row: failedRow(handIn, 'grader-error', message), isNew: true };
    }
  }

  async #take(handIn: HandIn): Promise<Taken> {
    const { assignment, signal } = this.#options;
    let submission: Submission | string;
    try {
      submission = await readListing(await handIn.list(signal), handIn.name, handIn.source, assignment);
    } catch (error) {
      if (!(error instanceof UngradableError)) throw error;
      submission = error.message;
    }
    const attempt = await this.#recorder.attempt(handIn, typeof submission === 'string' ? undefined : submission);
    return { attempt, submission };
  }

  /**
   * An attempt that cannot be graded is one, too: no earlier score speaks for it. Its own score does, if that was decided
   * on, or if only some criteria are wanted now.
   */
  async #ungradable(handIn: HandIn, attempt: Attempt, message: string, isNew: boolean) {
    const { book, out, only } = this.#options;
    const isKept = attempt.held === 1 || (attempt.result !== '' && only.length > 0);
    if (!isKept) {
      await recordFailure(book, attempt.id, 'ungradable', message.split('\n')[0]);
      await putAwayEarlier(join(out, handIn.folder), undefined);
      await this.#saveRefusal(handIn, message.split('\n')[0]);
    }
    return { row: failedRow(handIn, 'ungradable', message), isNew };
  }

  /** Those of whom nothing could be graded have a page, too. */
  async #saveRefusal(handIn: HandIn, message: string): Promise<void> {
    const { assignment, out, wanted } = this.#options;
    const refusal = { assignment, submission: handIn.name, message };
    const folder = join(out, handIn.folder);
    await saveRefusal(wanted, refusal, folder);
    await saveRefusalPage(refusal, folder);
  }

  async #graded(handIn: HandIn, attempt: Attempt, submission: Submission, parts: readonly string[][]) {
    const { assignment, book, path, seed: classSeed } = this.#options;
    const seed = seedOf(classSeed, submission.digest);
    const work = { submission, path: pathIn(path, handIn.source), seed };
    const held = await this.#heldReport(attempt, handIn, work, parts);
    if (held) return { row: await this.#settle(handIn, attempt, held), isNew: false };
    const found: Found[] = [];
    for (const criteria of parts) {
      const one = await this.#runner.grading(work, criteria);
      found.push(one);
      if (one.grading.type === 'ungradable')
        return this.#ungradable(
          handIn,
          attempt,
          one.grading.message,
          found.some(({ isNew }) => isNew),
        );
    }
    const reports = found.flatMap(({ grading }) => (grading.type === 'graded' ? [grading.report] : []));
    const report = this.#named(mergeReports(assignment, reports), handIn, submission, parts, seed);
    const keys = found.map(({ key }) => key);
    const row = await this.#settle(handIn, attempt, report, async (settled) => {
      if (hasGraderError(report.outcomes))
        await recordFailure(book, attempt.id, 'pending', 'the grader or the machine failed');
      else await recordResult(book, assignment, attempt, keys, report, settled);
    });
    return { row, isNew: found.some(({ isNew }) => isNew) };
  }

  /** Adds what people gave and the late policy, records that, and saves the reports. */
  async #settle(
    handIn: HandIn,
    attempt: Attempt,
    report: ScoreReport,
    record: (settled: ScoreReport) => Promise<void> = async () => undefined,
  ): Promise<ClassRow> {
    const times = timesOfAttempt(attempt);
    const settled = applyEntries(this.#options.assignment, report, await this.#recorder.entries(attempt), times);
    if (!this.#options.signal.aborted) await record(settled);
    await this.#save(settled, join(this.#options.out, handIn.folder));
    return gradedRow(handIn, settled, times);
  }

  /** The report of a result that was published or decided on, unless some criteria are wanted. */
  async #heldReport(
    attempt: Attempt,
    handIn: HandIn,
    work: { readonly submission: Submission; readonly seed: number },
    parts: readonly string[][],
  ): Promise<ScoreReport | undefined> {
    if (attempt.held === 0 || this.#options.only.length > 0) return undefined;
    const held = await readResult(this.#options.book, attempt.result);
    if (!held) return undefined;
    if (parts.some((criteria) => !held.gradings.includes(this.#runner.keyOf(work, criteria))))
      this.#held.add(handIn.name);
    return held.report;
  }

  noteHeld(): void {
    const { assignment, note } = this.#options;
    if (this.#held.size > 0)
      note(
        `${this.#held.size} of the class keep a published result; grade regrade ${assignment.id} shows what grading them anew gives`,
      );
  }

  /** An earlier run that was killed may have saved part of it, and other formats may be of an earlier score. */
  async #save(report: ScoreReport, folder: string): Promise<void> {
    await putAwayEarlier(folder, report.submission.digest);
    const named = await reportNaming(report, folder, this.#options.only);
    const isNew = !(await isSaved(report, folder, named));
    const there = savedFormats(folder, named);
    if (isNew) await saveReport(report, folder, named);
    const { wanted } = this.#options;
    const isMissing = ({ format }: WantedFormat) => !existsSync(join(folder, named(format.file)));
    await saveFormats(isNew ? [...wanted, ...there] : wanted.filter(isMissing), report, folder, named);
  }

  /** The report under this submission's name: identical work of another student shares the grading. */
  #named(
    report: ScoreReport,
    { students, source }: HandIn,
    { name, ignored, assumed }: Submission,
    parts: readonly string[][],
    seed: number,
  ): ScoreReport {
    const { assignment, only } = this.#options;
    const isWhole = report.outcomes.length === selectCriteria(assignment, only).length;
    const commands = this.#commandsFor(source, seed);
    return {
      ...withCommands(report, commands),
      submission: {
        ...report.submission,
        name,
        students: [...students],
        ignored: [...ignored],
        assumed: [...assumed],
      },
      grading: {
        ...report.grading,
        command: commands.all,
        only: isWhole ? [...only] : parts.flat(),
      },
    };
  }

  /** A hand-in in an archive, or of loose files, is graded again with its class. */
  #commandsFor(source: string, seed: number): GradingCommands {
    const { assignment, path, seed: classSeed } = this.#options;
    const isAlone = isGradable(join(path, source));
    const words = isAlone ? [join(path, source)] : ['class', path];
    return gradingCommands({ words, assignment: assignment.id, seed: isAlone ? seed : classSeed });
  }
}

/** Whether a path is a folder or an archive; nothing in an archive is. */
function isGradable(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && (found.isDirectory() || isArchiveName(path));
}
