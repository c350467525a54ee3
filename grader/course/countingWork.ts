import { applyEntries } from '../gradebook/applyEntries.ts';
import { timesOfAttempt } from '../gradebook/store/attemptTimes.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { missingReport } from '../gradebook/store/missingReport.ts';
import { givenTo } from '../gradebook/store/entries.ts';
import { readReportedResult } from '../gradebook/store/results.ts';
import type { Person } from '../gradebook/store/people.ts';
import { countingTeams, type TeamAttempts } from '../gradebook/store/teams.ts';
import type { Assignment } from '../model/assignment.ts';
import type { ScoreReport } from '../model/report.ts';

/** What counts for some students. */
export interface CountingWork extends TeamAttempts {
  /** Those of the team for whom no later work counts. */
  readonly students: readonly Person[];
  /** With what people gave and the late policy; undefined if the attempt has no score. */
  readonly report: ScoreReport | undefined;
}

/** The work that counts, of each student once, one report at a time. */
export async function* countingWork(book: CourseGradebook, assignment: Assignment): AsyncGenerator<CountingWork> {
  for (const team of await book.read((db) => countingTeams(db, assignment.id)))
    yield { ...team, report: await settledReport(book, assignment, team) };
}

async function settledReport(
  book: CourseGradebook,
  assignment: Assignment,
  { team, counting }: TeamAttempts,
): Promise<ScoreReport | undefined> {
  const result = await readReportedResult(book, counting.result);
  if (!result && counting.result !== '') throw missingReport(book, counting);
  if (!result) return undefined;
  return applyEntries(assignment, result.report, await givenTo(book, assignment.id, team), timesOfAttempt(counting));
}
