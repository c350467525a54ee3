import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import type { Person } from '../gradebook/store/people.ts';
import { countingTeams, type TeamAttempts } from '../gradebook/store/teams.ts';
import type { Assignment } from '../model/assignment.ts';
import type { ScoreReport } from '../model/report.ts';
import { settledReport } from './settledReport.ts';

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
    yield { ...team, report: await settledReport(book, assignment, team.counting) };
}
