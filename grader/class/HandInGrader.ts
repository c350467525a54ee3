import type { Order } from '../engines/Job.ts';
import { selectCriteria } from '../grade/selectCriteria.ts';
import { applyEntries } from '../gradebook/applyEntries.ts';
import { type Attempt, recordFailure } from '../gradebook/store/attempts.ts';
import { timesOfAttempt } from '../gradebook/store/attemptTimes.ts';
import { gradingRows } from '../gradebook/store/gradings.ts';
import { type NewResult, readReportedResult, resultIdOf } from '../gradebook/store/results.ts';
import { criteriaOf } from '../model/assignment.ts';
import type { ClassRow } from '../model/classReport.ts';
import { machineFaultOf, UsageError } from '../model/errors.ts';
import { hasGraderError } from '../model/outcome.ts';
import type { ScoreReport } from '../model/report.ts';
import type { Submission } from '../model/submission.ts';
import { ClassNotes } from './ClassNotes.ts';
import { ClassRecorder } from './ClassRecorder.ts';
import type { ClassOptions } from './gradeClass.ts';
import { seedOf } from '../engines/gradingKey.ts';
import { GradingRunner, pathIn, type Work } from '../course/GradingRunner.ts';
import { HandInReader } from './HandInReader.ts';
import { HandInReports } from './HandInReports.ts';
import { earlierAttempts, type HandIn } from './handInsOf.ts';
import { heldPart } from '../course/heldPart.ts';
import { mergeReports } from '../course/mergeReports.ts';
import { recordResult } from '../course/recordResult.ts';
import { failedRow, gradedRow } from './rows.ts';
import { changedSince, settleTeam } from '../course/settleTeam.ts';

/** What a hand-in is: the submission and its attempt, or an attempt that cannot be read. */
interface Taken {
  readonly attempt: Attempt;
  readonly submission: Submission | string;
}

/** What became of a hand-in. */
interface Graded {
  readonly row: ClassRow;
  /** False if an earlier run had graded it. */
  readonly isNew: boolean;
  /** True if nothing is left for a later pass. */
  readonly isWhole: boolean;
}

/** What the gradings of a hand-in came to: their result, or why it cannot be graded. */
interface Examined {
  readonly outcome: Omit<NewResult, 'isFull'> | string;
  readonly isNew: boolean;
}

/** Grades submissions, or finds their earlier gradings, and records both. */
export class HandInGrader {
  readonly #options: Omit<ClassOptions, 'progress'>;
  readonly #runner: GradingRunner;
  readonly #reader: HandInReader;
  readonly #recorder: ClassRecorder;
  readonly #reports: HandInReports;
  readonly #notes: ClassNotes;

  constructor(options: Omit<ClassOptions, 'progress'>) {
    this.#options = options;
    this.#runner = new GradingRunner(options);
    this.#reader = new HandInReader(options);
    this.#notes = new ClassNotes(options.assignment.id);
    this.#recorder = new ClassRecorder(options, this.#notes);
    this.#reports = new HandInReports(options);
  }

  /**
   * A submission's row after all `parts`, each a list of criteria that are examined together; also after those of `later`
   * if the gradebook has all gradings. Attempts before it are recorded, and graded if one of them may count: the row is
   * that of the attempt that counts.
   *
   * @throws UsageError only if the command or the assignment is at fault
   */
  async rowOf(last: HandIn, parts: readonly string[][], later: readonly string[][]): Promise<Graded> {
    const handIn = await this.#reader.distinct(last);
    if (isSooner(handIn, last)) this.#notes.add('unchanged', handIn.name);
    const graded = new Map<string, Graded>();
    for (const each of [handIn, ...earlierAttempts(handIn).reverse()]) {
      if (this.#options.signal.aborted && each.age > 0) break;
      const one = await this.#rowOf(each, parts, later);
      graded.set(each.folder, one);
      if (one.row.status === 'grader-error' && each.age > 0) this.#notes.add('failedEarlier', handIn.name);
    }
    await this.#recorder.putLast(handIn);
    const counting = graded.get(await this.#countingFolder(handIn)) ?? graded.get(handIn.folder)!;
    return { ...counting, isWhole: [...graded.values()].every(({ isWhole }) => isWhole) };
  }

  /** The folder of the attempt that counts, of those in this download. */
  async #countingFolder(last: HandIn): Promise<string> {
    const { handIn, isElsewhere } = await this.#recorder.counting(last);
    if (isElsewhere) this.#notes.add('countingElsewhere', last.name);
    return handIn.folder;
  }

  async #rowOf(handIn: HandIn, parts: readonly string[][], later: readonly string[][]): Promise<Graded> {
    let attempt: Attempt | undefined;
    try {
      const taken = await this.#take(handIn);
      attempt = taken.attempt;
      if (typeof taken.submission === 'string') return await this.#ungradable(handIn, attempt, taken.submission, true);
      if (!this.#mayCount(handIn)) return await this.#kept(handIn, attempt);
      return await this.#graded(handIn, attempt, taken.submission, parts, later);
    } catch (error) {
      // A mistake in the assignment or the command affects the whole class.
      if (error instanceof UsageError) throw error;
      const { message } = machineFaultOf(error) ?? (error as Error);
      // If the gradebook itself cannot be written, its own fault is the one to report.
      if (attempt) await recordFailure(this.#options.book, attempt.id, 'pending', message).catch(() => undefined);
      return { row: failedRow(handIn, 'grader-error', message), isNew: true, isWhole: false };
    }
  }

  /** What is to be graded of a hand-in, whose attempts are recorded. Nothing if it cannot be read, or is decided on. */
  async ordersOf(last: HandIn, parts: readonly string[][]): Promise<Order[]> {
    const handIn = await this.#reader.distinct(last);
    const orders: Order[] = [];
    for (const each of [handIn, ...earlierAttempts(handIn).reverse()])
      orders.push(...(await this.#ordersOf(each, parts)));
    await this.#recorder.putLast(handIn);
    return orders;
  }

  async #ordersOf(handIn: HandIn, parts: readonly string[][]): Promise<Order[]> {
    const { attempt, submission } = await this.#take(handIn);
    if (typeof submission === 'string' || !this.#mayCount(handIn)) return [];
    const work = this.#workOf(handIn, submission);
    if (await this.#heldReport(attempt, handIn, work, parts)) return [];
    const orders: Order[] = [];
    for (const criteria of parts)
      if (!(await this.#runner.knows(work, [criteria]))) orders.push(this.#runner.orderOf(work, criteria));
    return orders;
  }

  /** An attempt after which others came is graded only if it may count nevertheless. */
  #mayCount({ age }: HandIn): boolean {
    return age === 0 || this.#options.counts !== 'latest';
  }

  async #kept(handIn: HandIn, attempt: Attempt): Promise<Graded> {
    if (attempt.result === '' && attempt.reason !== NOT_NEEDED)
      await recordFailure(this.#options.book, attempt.id, 'pending', NOT_NEEDED);
    return { row: failedRow(handIn, 'ungradable', NOT_NEEDED), isNew: false, isWhole: true };
  }

  #workOf({ source }: HandIn, submission: Submission): Work {
    const { path, seed } = this.#options;
    return { submission, path: pathIn(path, source), seed: seedOf(seed, submission.digest) };
  }

  async #take(handIn: HandIn): Promise<Taken> {
    const submission = await this.#reader.read(handIn);
    const attempt = await this.#recorder.attempt(handIn, typeof submission === 'string' ? undefined : submission);
    return { attempt, submission };
  }

  /**
   * An attempt that cannot be graded is one, too: no earlier score speaks for it. Its own score does, if that was decided
   * on, or if only some criteria are wanted now.
   */
  async #ungradable(handIn: HandIn, attempt: Attempt, message: string, isNew: boolean): Promise<Graded> {
    const { book, only } = this.#options;
    const isKept = attempt.held === 1 || (attempt.result !== '' && only.length > 0);
    if (!isKept) {
      await recordFailure(book, attempt.id, 'ungradable', message.split('\n')[0]);
      await this.#reports.saveRefusal(handIn, message.split('\n')[0]);
    }
    return { row: failedRow(handIn, 'ungradable', message), isNew, isWhole: true };
  }

  async #graded(
    handIn: HandIn,
    attempt: Attempt,
    submission: Submission,
    parts: readonly string[][],
    later: readonly string[][],
  ): Promise<Graded> {
    const work = this.#workOf(handIn, submission);
    const whole = [...parts, ...later];
    const isWhole = later.length === 0 || (await this.#runner.knows(work, whole));
    const held = await this.#heldReport(attempt, handIn, work, whole);
    if (held) {
      const named = this.#reports.named(held, handIn, submission, whole, work.seed);
      return { row: await this.#settle(handIn, attempt, named, true), isNew: false, isWhole: true };
    }
    const { outcome, isNew } = await this.#examined(attempt, work, isWhole ? whole : parts);
    if (typeof outcome === 'string') return this.#ungradable(handIn, attempt, outcome, isNew);
    const report = this.#reports.named(outcome.report, handIn, submission, isWhole ? whole : parts, work.seed);
    const row = await this.#settle(handIn, attempt, report, isWhole, (settled) =>
      this.#record(handIn, attempt, { ...outcome, report }, settled),
    );
    return { row, isNew, isWhole };
  }

  /** Examines what the gradebook has no gradings of. */
  async #examined(attempt: Attempt, work: Work, parts: readonly string[][]): Promise<Examined> {
    const { assignment, book } = this.#options;
    const gradings = parts.map((criteria) => this.#runner.keyOf(work, criteria));
    const result = { attempt: attempt.id, gradings, rubric: this.#runner.rubric };
    const known = await readReportedResult(book, resultIdOf(result));
    if (known) return { outcome: { ...result, report: known.report }, isNew: false };
    const found = await this.#runner.gradings(work, parts);
    const isNew = found.some((each) => each.isNew);
    const refused = found.flatMap(({ grading }) => (grading.type === 'ungradable' ? [grading.message] : []))[0];
    if (refused !== undefined) return { outcome: refused, isNew };
    const reports = found.flatMap(({ grading }) => (grading.type === 'graded' ? [grading.report] : []));
    return { outcome: { ...result, report: mergeReports(assignment, reports) }, isNew };
  }

  async #record(
    { name }: HandIn,
    attempt: Attempt,
    result: Omit<NewResult, 'isFull'>,
    settled: ScoreReport,
  ): Promise<void> {
    const { assignment, book } = this.#options;
    const { outcomes } = result.report;
    if (hasGraderError(outcomes)) return recordFailure(book, attempt.id, 'pending', 'the grader or the machine failed');
    const isFull = outcomes.length === criteriaOf(assignment).length;
    const waits = await recordResult(book, assignment, attempt, { ...result, isFull }, settled);
    if (waits) this.#notes.add('waiting', name);
    else if (attempt.held === 1) this.#notes.add('held', name);
  }

  /** Adds what people gave and the late policy, records that, and saves the reports. */
  async #settle(
    handIn: HandIn,
    attempt: Attempt,
    report: ScoreReport,
    isWhole: boolean,
    record: (settled: ScoreReport) => Promise<void> = async () => undefined,
  ): Promise<ClassRow> {
    const times = timesOfAttempt(attempt);
    const { assignment, book, signal } = this.#options;
    const entries = await this.#recorder.entries(attempt);
    const settled = applyEntries(assignment, report, entries, times);
    if (!signal.aborted) await record(settled);
    await this.#reports.save(settled, handIn, isWhole);
    // Meanwhile someone may have given points or decided on the score, and saved that.
    const now = await changedSince(book, attempt, entries.length);
    const isOvertaken =
      now && (now.held !== attempt.held || (await this.#recorder.entries(now)).length > entries.length);
    if (isOvertaken) await settleTeam(book, assignment, now.team);
    return gradedRow(handIn, settled, times);
  }

  /** The report of a result that was published or decided on; undefined if criteria are wanted that it does not have. */
  async #heldReport(
    attempt: Attempt,
    handIn: HandIn,
    work: Work,
    parts: readonly string[][],
  ): Promise<ScoreReport | undefined> {
    const { assignment, book, only } = this.#options;
    const held = attempt.held === 0 ? undefined : await readReportedResult(book, attempt.result);
    if (!held) return undefined;
    const report = heldPart(held.report, selectCriteria(assignment, only), only);
    const gradings = only.length > 0 ? held.gradings : parts.map((criteria) => this.#runner.keyOf(work, criteria));
    const anew = { attempt: attempt.id, gradings, rubric: this.#runner.rubric };
    const isCurrent = resultIdOf(anew) === held.id && (only.length === 0 || (await this.#areCurrent(gradings)));
    if (report && !isCurrent) this.#notes.add('held', handIn.name);
    return report;
  }

  /** Whether gradings were made with the present assignment and grader. */
  async #areCurrent(gradings: readonly string[]): Promise<boolean> {
    const { assignment, grader } = this.#runner.program;
    const rows = await gradingRows(this.#options.book, gradings);
    return rows.every((row) => row.assignment_sources === assignment && row.grader_sources === grader);
  }

  noteAtEnd(): void {
    for (const line of this.#notes.lines()) this.#options.note(line);
  }
}

const NOT_NEEDED = 'not graded: a later attempt counts';

/** Whether the same work was handed in before. */
const isSooner = (handIn: HandIn, last: HandIn): boolean =>
  handIn.handedInAt !== last.handedInAt || handIn.handedInLocal !== last.handedInLocal;
