import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { publish } from '../gradebook/store/published.ts';
import { endWaiting } from '../gradebook/store/results.ts';
import { countingTeams } from '../gradebook/store/teams.ts';
import type { Assignment } from '../model/assignment.ts';
import { countAgain } from './countAgain.ts';
import { renewAfterSaving } from './renewStaleReports.ts';
import { settleTeam } from './settleTeam.ts';

/**
 * Records that the students know their scores. A published result of some criteria is replaced by a later one of more
 * criteria, if there is one.
 *
 * @returns the number of scores that are new, or not what the students knew before
 */
export async function publishScores(book: CourseGradebook, assignment: Assignment, by: string): Promise<number> {
  const { teams, published } = await book.write(async (db) => {
    const teams = await endWaiting(db, assignment.id);
    for (const team of teams) await countAgain(db, assignment, team);
    return { teams, published: await publish(db, await countingTeams(db, assignment.id), by) };
  });
  await renewAfterSaving(async () => {
    for (const team of teams) await settleTeam(book, assignment, team);
  });
  return published;
}
