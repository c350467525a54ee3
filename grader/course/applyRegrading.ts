import { applyChanges, keepResults, notYetApplied, undoLast } from '../gradebook/store/changes.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { publishAgain, publishAsBefore } from '../gradebook/store/published.ts';
import type { AttemptTable } from '../gradebook/store/tables.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Regraded } from './regrade.ts';
import { settleTeam } from './settleTeam.ts';

/** Whether a new score is less than the one that counts. */
export const isLower = ({ item: { before = -1, after = -1 } }: Regraded): boolean => after < before;

/** Whether it changes the points of a criterion; of any if its id is empty. */
export const changes = ({ item: { criteria } }: Regraded, criterion: string): boolean =>
  criterion === '' || criteria.some(({ id }) => id === criterion);

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
  const batch = await book.write(async (db) => {
    await keepResults(
      db,
      kept.map(({ change }) => change.attempt),
    );
    const changes = applied.map(({ change }) => change);
    return applyChanges(db, await notYetApplied(db, changes), by);
  });
  const teams = await settleTeams(book, assignment, applied);
  if (teams.length > 0) await book.write((db) => publishAgain(db, assignment.id, teams, by, batch));
}

/**
 * Takes back what was applied last. Those who know their score by it are given the one that they knew before.
 *
 * @param meant - the batch that it should be, if that is known
 * @returns the attempts that it had changed
 * @throws UsageError if nothing was applied, or it is another batch
 */
export async function undoRegrading(
  book: CourseGradebook,
  assignment: Assignment,
  by: string,
  meant?: string,
): Promise<readonly AttemptTable[]> {
  const { batch, attempts } = await book.write((db) => undoLast(db, assignment.id, meant));
  await settleTeams(book, assignment, attempts);
  await book.write((db) => publishAsBefore(db, assignment.id, batch, by));
  return attempts;
}

/** Counts the teams of these attempts again, and returns them. */
async function settleTeams(
  book: CourseGradebook,
  assignment: Assignment,
  attempts: readonly Pick<AttemptTable, 'team'>[],
): Promise<string[]> {
  const teams = [...new Set(attempts.map(({ team }) => team))];
  for (const team of teams) await settleTeam(book, assignment, team);
  return teams;
}
