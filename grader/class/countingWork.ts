import { applyEntries } from '../gradebook/applyEntries.ts';
import { timesOfAttempt } from '../gradebook/store/attemptTimes.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { byTime } from '../gradebook/store/countingAttempt.ts';
import { givenTo } from '../gradebook/store/entries.ts';
import { readResult } from '../gradebook/store/gradings.ts';
import type { Person } from '../gradebook/store/people.ts';
import { type TeamAttempts, teamsFor } from '../gradebook/store/teams.ts';
import type { Assignment } from '../model/assignment.ts';
import type { ScoreReport } from '../model/report.ts';

/** What counts for some students. */
export interface CountingWork extends TeamAttempts {
  /** Those of the team for whom no later work counts. */
  readonly students: readonly Person[];
  /** With what people gave and the late policy; undefined if the attempt has no score. */
  readonly report: ScoreReport | undefined;
}

/** The work that counts, of each student once: somebody who was in several teams has what was handed in last. */
export async function* countingWork(book: CourseGradebook, assignment: Assignment): AsyncGenerator<CountingWork> {
  const { teams } = await book.read((db) => teamsFor(db, assignment.id));
  const seen = new Set<string>();
  for (const team of teams.toSorted((a, b) => byTime(b.counting, a.counting))) {
    const students = team.students.filter(({ id }) => !seen.has(id));
    for (const { id } of students) seen.add(id);
    if (students.length > 0) yield { ...team, students, report: await settledReport(book, assignment, team) };
  }
}

async function settledReport(
  book: CourseGradebook,
  assignment: Assignment,
  { team, counting }: TeamAttempts,
): Promise<ScoreReport | undefined> {
  const result = await readResult(book, counting.result);
  if (!result) return undefined;
  return applyEntries(assignment, result.report, await givenTo(book, assignment.id, team), timesOfAttempt(counting));
}
