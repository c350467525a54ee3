import { absentFrom } from '../gradebook/store/absentFrom.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import type { Person } from '../gradebook/store/people.ts';
import type { ScoredResult } from '../gradebook/store/results.ts';
import { namesOf, type TeamAttempts } from '../gradebook/store/teams.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Student } from '../model/student.ts';
import type { ScoredWork, Ungraded } from '../platforms/ScoreTable.ts';
import { ofCountedTeams, teamsToCount } from './countedTeams.ts';

/** What a gradebook has of an assignment, of each student once. */
export interface CountingScores {
  readonly scored: readonly ScoredWork[];
  readonly ungraded: readonly Ungraded[];
}

/** The scores that count, for an export, and those whose work has none. No report is read. */
export async function countingScores(book: CourseGradebook, assignment: Assignment): Promise<CountingScores> {
  return book.read(async (db) => {
    const teams = await teamsToCount(db, assignment);
    const scored: ScoredWork[] = [];
    const ungraded: Ungraded[] = [];
    await ofCountedTeams(db, assignment, teams, ({ team, result, score }) => {
      const students = team.students.map(studentOf);
      if (result && score) {
        const outcomes = score.outcomes.map(({ id, points, earned }) => ({ id, points, earned }));
        scored.push({ ...headOf(assignment, team, result), totals: score.totals, outcomes });
      } else ungraded.push({ name: namesOf(team), students, reason: team.counting.reason, isAbsent: false });
    });
    // Before the first hand-in of an assignment, no student is missing.
    if (teams.length > 0)
      for (const person of await absentFrom(db, assignment.id))
        ungraded.push({
          name: person.name,
          students: [studentOf(person)],
          reason: 'handed in nothing',
          isAbsent: true,
        });
    return { scored, ungraded };
  });
}

/** As a report says whose it is and when it was made. */
function headOf({ id, title, version }: Assignment, team: TeamAttempts, result: ScoredResult) {
  return {
    assignment: { id, title, version: result.version === 0 ? version : result.version },
    submission: { name: namesOf(team), students: team.students.map(studentOf) },
    grading: { startedAt: result.at, only: result.isFull ? [] : result.outcomes.map((outcome) => outcome.id) },
  };
}

/** Without what only the gradebook knows. */
export const studentOf = ({ name, email, ids }: Person): Student => ({ name, ...(email && { email }), ids });
