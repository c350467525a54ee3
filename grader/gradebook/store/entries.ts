import { randomUUID } from 'node:crypto';
import { groupBy } from '../../common/groupBy.ts';
import { type CourseGradebook, now } from './CourseGradebook.ts';
import type { Database, EntryTable } from './tables.ts';

/**
 * What a person gave a team for an assignment. `points` replace those of a criterion; a `deduction` is from a criterion,
 * or from the whole; a `comment` is about either, or about a line of a file.
 */
export interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  /** Empty if it is about the whole work. */
  readonly criterion: string;
  /** Empty if it is not about a file. */
  readonly file: string;
  readonly line: number;
  readonly points: number;
  readonly note: string;
  readonly by: string;
  readonly at: string;
  readonly digest: string;
}

type EntryKind = 'points' | 'deduction' | 'comment';

export const NOTHING_GIVEN = { criterion: '', file: '', line: 0, points: 0, digest: '' } as const;

/** Everything that people gave a team for an assignment, in order. */
export async function entriesOf(db: Database, assignment: string, team: string): Promise<Entry[]> {
  const rows = await db
    .selectFrom('entries')
    .selectAll()
    .where('assignment', '=', assignment)
    .where('team', '=', team)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(entryOf);
}

/** The same of all teams. */
export async function entriesByTeam(db: Database, assignment: string): Promise<Map<string, Entry[]>> {
  const ofAssignment = db.selectFrom('entries').selectAll().where('assignment', '=', assignment);
  const rows = await ofAssignment.orderBy('at').orderBy('id').execute();
  return new Map([...groupBy(rows, ({ team }) => team)].map(([team, own]) => [team, own.map(entryOf)]));
}

const entryOf = ({ given_by: by, kind, ...row }: EntryTable): Entry => ({
  ...{ id: row.id, kind: kind as EntryKind, criterion: row.criterion, file: row.file, line: row.line },
  ...{ points: row.points, note: row.note, by, at: row.at, digest: row.digest },
});

/** Adds to what was given before; nothing is replaced. */
export async function addEntry(
  db: Database,
  assignment: string,
  team: string,
  { by, ...entry }: Omit<Entry, 'id' | 'at'> & { readonly id?: string; readonly at?: string },
): Promise<void> {
  await db
    .insertInto('entries')
    .values({ id: randomUUID(), at: now(), ...entry, assignment, team, given_by: by })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What counts of it: of several about the same thing the last one, and comments by each person of their own. */
export function countingEntries(entries: readonly Entry[]): Entry[] {
  const about = ({ kind, criterion, file, line, by }: Entry) =>
    JSON.stringify([kind, criterion, ...(kind === 'comment' ? [file, line, by] : [])]);
  const latest = new Map(entries.map((entry) => [about(entry), entry]));
  return [...latest.values()].filter(({ kind, note, points }) =>
    kind === 'comment' ? note !== '' : kind === 'deduction' ? points > 0 : true,
  );
}

export const givenTo = (book: CourseGradebook, assignment: string, team: string): Promise<Entry[]> =>
  book.read((db) => entriesOf(db, assignment, team));
