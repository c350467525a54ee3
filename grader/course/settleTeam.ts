import { join } from 'node:path';
import { applyEntries } from '../gradebook/applyEntries.ts';
import { type Attempt, attemptOf, attemptsOf } from '../gradebook/store/attempts.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { entriesOf } from '../gradebook/store/entries.ts';
import { clearStale, staleMark } from '../gradebook/store/staleReports.ts';
import { missingReport } from '../gradebook/store/missingReport.ts';
import { countResult, readReportedResult } from '../gradebook/store/results.ts';
import type { Assignment } from '../model/assignment.ts';
import type { ScoreReport } from '../model/report.ts';
import { putAwayEarlier, savedFormats, saveFormats } from '../platforms/saveFormats.ts';
import { isAbout, savedDocument } from '../report/savedDocument.ts';
import { reportNaming, saveReport } from '../report/saveReport.ts';
import { timesOfAttempt } from '../gradebook/store/attemptTimes.ts';

/**
 * Counts the attempts of a team again, with everything that people gave by now, and renews the reports that are saved of
 * them, in every format.
 *
 * @returns the reports by attempt
 */
export async function settleTeam(
  book: CourseGradebook,
  assignment: Assignment,
  team: string,
): Promise<Map<string, ScoreReport>> {
  const settled = new Map<string, ScoreReport>();
  const mark = await book.read((db) => staleMark(db, assignment.id, team));
  for (const attempt of await book.read((db) => attemptsOf(db, [team], assignment.id))) {
    const report = await settleAttempt(book, assignment, attempt);
    if (report) settled.set(attempt.id, report);
  }
  if (mark !== undefined) await book.write((db) => clearStale(db, assignment.id, team, mark));
  return settled;
}

/** @returns undefined if the attempt has no result */
async function settleAttempt(
  book: CourseGradebook,
  assignment: Assignment,
  attempt: Attempt,
): Promise<ScoreReport | undefined> {
  const folder = attempt.folder === '' ? undefined : join(book.folder, attempt.folder);
  if (attempt.state === 'ungradable' && folder !== undefined) await putAwayEarlier(folder, undefined);
  const result = await readReportedResult(book, attempt.result);
  if (!result && attempt.result !== '') throw missingReport(book, attempt);
  if (!result) return undefined;
  const { settled, isCounted, entries } = await book.write(async (db) => {
    const entries = await entriesOf(db, assignment.id, attempt.team);
    const settled = applyEntries(assignment, result.report, entries, timesOfAttempt(attempt));
    return { settled, isCounted: await countResult(db, attempt, result.id, settled), entries };
  });
  if (isCounted && folder !== undefined) await renew(settled, folder);
  const now = await changedSince(book, attempt, entries.length);
  return now ? settleAttempt(book, assignment, now) : settled;
}

/**
 * The attempt as it is now, if another command has changed what counts, or given something, since it was read: the report
 * that was saved may then be out of date.
 *
 * @param given - number of entries that were read
 */
export async function changedSince(
  book: CourseGradebook,
  attempt: Attempt,
  given: number,
): Promise<Attempt | undefined> {
  return book.read(async (db) => {
    const now = await attemptOf(db, attempt.id);
    const entries = await entriesOf(db, attempt.assignment, attempt.team);
    const isSame = now?.result === attempt.result && now.held === attempt.held && entries.length === given;
    return isSame ? undefined : now;
  });
}

async function renew(report: ScoreReport, folder: string): Promise<void> {
  if (!isAbout(await savedDocument(folder), report.submission.digest)) return;
  const named = await reportNaming(report, folder, report.grading.only);
  await saveReport(report, folder, named);
  await saveFormats(savedFormats(folder, named), report, folder, named);
}
