import { applyEntries } from '../gradebook/applyEntries.ts';
import type { Attempt } from '../gradebook/store/attempts.ts';
import { timesOfAttempt } from '../gradebook/store/attemptTimes.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { givenTo } from '../gradebook/store/entries.ts';
import { missingReport } from '../gradebook/store/missingReport.ts';
import { readReportedResult } from '../gradebook/store/results.ts';
import type { Assignment } from '../model/assignment.ts';
import type { ScoreReport } from '../model/report.ts';

/**
 * The report of an attempt with what people gave and the late policy; undefined if the attempt has no score.
 *
 * @throws MachineFault if its file is missing
 */
export async function settledReport(
  book: CourseGradebook,
  assignment: Assignment,
  attempt: Attempt,
): Promise<ScoreReport | undefined> {
  const result = await readReportedResult(book, attempt.result);
  if (!result && attempt.result !== '') throw missingReport(book, attempt);
  if (!result) return undefined;
  const entries = await givenTo(book, assignment.id, attempt.team);
  return applyEntries(assignment, result.report, entries, timesOfAttempt(attempt));
}
