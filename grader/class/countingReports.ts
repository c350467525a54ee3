import { applyEntries } from '../gradebook/applyEntries.ts';
import { timesOfAttempt } from '../gradebook/store/attemptTimes.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { givenTo } from '../gradebook/store/entries.ts';
import { readResult } from '../gradebook/store/gradings.ts';
import type { Person } from '../gradebook/store/people.ts';
import { namesOf, type TeamAttempts, teamsFor } from '../gradebook/store/teams.ts';
import type { Assignment } from '../model/assignment.ts';
import type { ScoreReport } from '../model/report.ts';
import type { Student } from '../model/student.ts';
import type { Ungraded } from '../platforms/ScoreTable.ts';

/** What a gradebook has of an assignment, of each student once. */
export interface CountingReports {
  /** Of the attempts that count, with what people gave and the late policy. */
  readonly reports: readonly ScoreReport[];
  readonly ungraded: readonly Ungraded[];
}

/** Reads the reports that count. Of a student of several teams, the work counts that was handed in last. */
export async function countingReports(book: CourseGradebook, assignment: Assignment): Promise<CountingReports> {
  const { teams } = await book.read((db) => teamsFor(db, assignment.id));
  const reports: ScoreReport[] = [];
  const ungraded: Ungraded[] = [];
  const seen = new Set<string>();
  for (const team of teams.toSorted((a, b) => (a.counting.seen < b.counting.seen ? 1 : -1))) {
    const students = team.students.filter(({ id }) => !seen.has(id));
    for (const { id } of students) seen.add(id);
    if (students.length === 0) continue;
    const report = await settledReport(book, assignment, team);
    if (report) reports.push({ ...report, submission: { ...report.submission, students: students.map(studentOf) } });
    else ungraded.push({ name: namesOf(team), students, reason: team.counting.reason, isAbsent: false });
  }
  return { reports, ungraded };
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

const studentOf = ({ name, email, ids }: Person): Student => ({ name, ...(email && { email }), ids });
