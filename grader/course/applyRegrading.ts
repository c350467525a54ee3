import { applyChanges, keepResults, notYetApplied, undoLast } from '../gradebook/store/changes.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { publishAgain } from '../gradebook/store/published.ts';
import type { AttemptTable } from '../gradebook/store/tables.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Regraded } from './regrade.ts';
import { settleTeam } from './settleTeam.ts';

/** Whether a new score is less than the one that counts. */
export const isLower = ({ item: { before = -1, after = -1 } }: Regraded): boolean => after < before;

/** What somebody has decided about a proposal. */
interface Decision {
  /** Their new results count from now on. */
  readonly applied: readonly Regraded[];
  /** Their old results stay, whatever grading the class again would give. */
  readonly kept: readonly Regraded[];
  readonly by: string;
}

/** Makes new results count, and renews the reports. Those who know their score are given the new one. */
export async function applyRegrading(
  book: CourseGradebook,
  assignment: Assignment,
  { applied, kept, by }: Decision,
): Promise<void> {
  await book.write(async (db) => {
    await keepResults(
      db,
      kept.map(({ change }) => change.attempt),
    );
    const changes = applied.map(({ change }) => change);
    await applyChanges(db, await notYetApplied(db, changes), by);
  });
  await settleAll(book, assignment, applied, by);
}

/**
 * Takes back what was applied last.
 *
 * @returns the number of attempts that it had changed
 * @throws UsageError if nothing was applied
 */
export async function undoRegrading(book: CourseGradebook, assignment: Assignment, by: string): Promise<number> {
  const attempts = await book.write((db) => undoLast(db, assignment.id));
  await settleAll(book, assignment, attempts, by);
  return attempts.length;
}

/** Counts the teams again; those who know a score are given the new one. */
async function settleAll(
  book: CourseGradebook,
  assignment: Assignment,
  attempts: readonly Pick<AttemptTable, 'team'>[],
  by: string,
): Promise<void> {
  const teams = [...new Set(attempts.map(({ team }) => team))];
  for (const team of teams) await settleTeam(book, assignment, team);
  if (teams.length > 0) await book.write((db) => publishAgain(db, assignment.id, teams, by));
}
