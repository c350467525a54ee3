import { join } from 'node:path';
import { applyEntries } from '../gradebook/applyEntries.ts';
import { type Attempt, attemptsOf } from '../gradebook/store/attempts.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { entriesOf } from '../gradebook/store/entries.ts';
import { countResult, readResult } from '../gradebook/store/gradings.ts';
import type { Assignment } from '../model/assignment.ts';
import type { ScoreReport } from '../model/report.ts';
import { isAbout, putAwayEarlier, savedFormats, saveFormats } from '../platforms/saveFormats.ts';
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
  for (const attempt of await book.read((db) => attemptsOf(db, [team], assignment.id))) {
    const report = await settleAttempt(book, assignment, attempt);
    if (report) settled.set(attempt.id, report);
  }
  return settled;
}

/** @returns undefined if the attempt has no result */
async function settleAttempt(book: CourseGradebook, assignment: Assignment, attempt: Attempt) {
  const folder = attempt.folder === '' ? undefined : join(book.folder, attempt.folder);
  if (attempt.state === 'ungradable' && folder !== undefined) await putAwayEarlier(folder, undefined);
  const result = await readResult(book, attempt.result);
  if (!result) return undefined;
  const settled = await book.write(async (db) => {
    const entries = await entriesOf(db, assignment.id, attempt.team);
    const report = applyEntries(assignment, result.report, entries, timesOfAttempt(attempt));
    await countResult(db, attempt.id, result.id, report);
    return report;
  });
  if (folder !== undefined) await renew(settled, folder);
  return settled;
}

async function renew(report: ScoreReport, folder: string): Promise<void> {
  if (!(await isAbout(folder, report.submission.digest, false))) return;
  const named = await reportNaming(report, folder, report.grading.only);
  await saveReport(report, folder, named);
  await saveFormats(savedFormats(folder, named), report, folder, named);
}
