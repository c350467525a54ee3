import { randomUUID } from 'node:crypto';
import { UsageError } from '../../model/errors.ts';
import { now } from './CourseGradebook.ts';
import { addEntry, countingEntries, type Entry, entriesOf, NOTHING_GIVEN } from './entries.ts';
import type { AwardTable, Database } from './tables.ts';

/** A bonus that the class as a whole gives a team, in place of the one before. */
export interface Award {
  readonly team: string;
  readonly before: number;
  readonly after: number;
  /** Why, for the students. */
  readonly note: string;
}

/** The points of the bonus that counts; 0 if there is none. */
export const bonusIn = (entries: readonly Entry[]): number =>
  countingEntries(entries).find(({ kind }) => kind === 'bonus')?.points ?? 0;

/**
 * Gives bonuses that belong together. The caller counts the teams again.
 *
 * @throws UsageError if another command has changed one meanwhile; nothing is given then
 */
export async function giveAwards(
  db: Database,
  assignment: string,
  awards: readonly Award[],
  by: string,
): Promise<void> {
  const [batch, at] = [randomUUID(), now()];
  for (const { team, before, after, note } of awards) {
    if (bonusIn(await entriesOf(db, assignment, team)) !== before)
      throw new UsageError('the gradebook has changed meanwhile; run the command again');
    await addEntry(db, assignment, team, { ...NOTHING_GIVEN, kind: 'bonus', points: after, note, by, at });
    await db
      .insertInto('awards')
      .values({ batch, assignment, team, before, after, given_by: by, at, undone: '' })
      .execute();
  }
}

/**
 * Takes back the bonuses that were given last: each team has the one before again. The caller counts the teams again.
 *
 * @returns what was taken back
 * @throws UsageError if there is nothing
 */
export async function undoAwards(db: Database, assignment: string, by: string): Promise<AwardTable[]> {
  const of = db.selectFrom('awards').selectAll().where('assignment', '=', assignment).where('undone', '=', '');
  const last = await of.orderBy('at', 'desc').executeTakeFirst();
  if (!last) throw new UsageError(`${assignment}: no bonus was given that could be taken back`);
  const { batch } = last;
  const awards = await db.selectFrom('awards').selectAll().where('batch', '=', batch).execute();
  const at = now();
  for (const { team, before } of awards) {
    const note = `as before: the bonus that was given on ${last.at.slice(0, 10)} is taken back`;
    await addEntry(db, assignment, team, { ...NOTHING_GIVEN, kind: 'bonus', points: before, note, by, at });
  }
  await db.updateTable('awards').set({ undone: at }).where('batch', '=', batch).execute();
  return awards;
}
