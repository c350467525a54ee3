import { applyEntries } from '../gradebook/applyEntries.ts';
import { type Attempt, attemptOf } from '../gradebook/store/attempts.ts';
import { timesOfAttempt } from '../gradebook/store/attemptTimes.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { entriesOf } from '../gradebook/store/entries.ts';
import {
  countResult,
  letWait,
  type NewResult,
  readReportedResult,
  readResult,
  resultIdOf,
  saveResult,
} from '../gradebook/store/results.ts';
import { reweigh } from '../grade/reweigh.ts';
import { type Assignment, criteriaOf } from '../model/assignment.ts';
import type { ScoreReport } from '../model/report.ts';
import { exportedScore } from '../report/text/exportedScore.ts';
import { mergeReports } from './mergeReports.ts';

/**
 * Makes the gradings of an attempt count. A result of all criteria is not replaced by one of some, results of different
 * criteria are put together, and what was decided on stays.
 *
 * @param own - what the gradings came to
 * @param settled - its report with what people gave
 * @returns whether the result waits for somebody who publishes it
 */
export async function recordResult(
  book: CourseGradebook,
  assignment: Assignment,
  attempt: Attempt,
  own: NewResult,
  settled: ScoreReport,
): Promise<boolean> {
  if (attempt.held === 1) return wait(book, assignment, attempt, own);
  if (own.isFull && counts(attempt, resultIdOf(own), settled)) return false;
  const result = own.isFull ? own : await joined(book, assignment, attempt, own);
  if (result === undefined) return false;
  const id = await saveResult(book, result);
  const isCounted = await book.write(async (db) => {
    // Someone may have given points meanwhile.
    const entries = await entriesOf(db, assignment.id, attempt.team);
    const scored = applyEntries(assignment, result.report, entries, timesOfAttempt(attempt));
    return countResult(db, attempt, id, scored);
  });
  if (isCounted) return false;
  // Another command, or an earlier pass, has made another result count.
  const now = await book.read((db) => attemptOf(db, attempt.id));
  return now !== undefined && recordResult(book, assignment, now, own, settled);
}

/**
 * Lets a result of more criteria than the published one wait for somebody who publishes it. One that the gradebook has
 * already was decided on, unless it waits.
 */
async function wait(book: CourseGradebook, assignment: Assignment, attempt: Attempt, own: NewResult): Promise<boolean> {
  const held = await readReportedResult(book, attempt.result);
  if (!held || held.isFull) return false;
  const latest = { ...attempt, result: attempt.waiting === '' ? attempt.result : attempt.waiting };
  const result = own.isFull ? own : await joined(book, assignment, latest, own);
  if (result === undefined) return true;
  const isNew = attempt.waiting !== '' || (await readResult(book, resultIdOf(result))) === undefined;
  if (!isNew) return false;
  const id = await saveResult(book, result);
  await book.write((db) => letWait(db, attempt, id));
  return true;
}

/** True if the gradebook has all of it. */
function counts(attempt: Attempt, result: string, { totals }: ScoreReport): boolean {
  const { score, outOf } = exportedScore(totals);
  const late = totals.late?.seconds ?? 0;
  const isSame = attempt.score === score && attempt.out_of === outOf && attempt.late_seconds === late;
  return attempt.state === 'graded' && attempt.result === result && isSame;
}

/** Together with what was examined before; undefined if all criteria were. */
async function joined(
  book: CourseGradebook,
  assignment: Assignment,
  attempt: Attempt,
  part: NewResult,
): Promise<NewResult | undefined> {
  const known = await readReportedResult(book, attempt.result);
  if (!known) return part;
  if (known.isFull) return undefined;
  const examined = new Set(part.report.outcomes.map(({ id }) => id));
  const kinds = new Map(criteriaOf(assignment).map(({ id, kind }) => [id, kind]));
  const others = known.report.outcomes.filter(({ id, kind }) => !examined.has(id) && kinds.get(id) === kind);
  if (others.length === 0) return part;
  const grading = { ...known.report.grading, only: others.map(({ id }) => id) };
  const rest = reweigh(assignment, { ...known.report, outcomes: others, grading });
  const report = mergeReports(assignment, [part.report, rest]);
  const isFull = report.outcomes.length === criteriaOf(assignment).length;
  const only = isFull ? [] : report.outcomes.map(({ id }) => id);
  return {
    ...part,
    gradings: [...new Set([...part.gradings, ...known.gradings])],
    report: { ...report, grading: { ...report.grading, only } },
    isFull,
  };
}
