import { randomUUID } from 'node:crypto';
import { compareTexts } from '../../common/compareTexts.ts';
import { groupBy } from '../../common/groupBy.ts';
import { type CourseGradebook, now } from './CourseGradebook.ts';
import type { Database, EntryTable } from './tables.ts';

/**
 * What a person gave a team for an assignment. `points` replace those of a criterion; a `deduction` is from a criterion,
 * or from the whole; a `comment` is about either, or about a line of a file; a `bonus` is what the class as a whole gave.
 * With `no-place` of 1 the work has no place on the leaderboard.
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

type EntryKind = 'points' | 'deduction' | 'comment' | 'bonus' | 'no-place';

export const NOTHING_GIVEN = { criterion: '', file: '', line: 0, points: 0, digest: '' } as const;

/**
 * Everything that people gave a team for an assignment, in order. What was given before to a team that all of its members
 * were in is theirs in this team as well; what was given to some of them alone, or with others, is not.
 */
export async function entriesOf(db: Database, assignment: string, team: string): Promise<Entry[]> {
  const rows = await db
    .selectFrom('entries')
    .selectAll()
    .where('assignment', '=', assignment)
    .where('team', 'in', teamsAround(db, team))
    .orderBy('at')
    .orderBy('id')
    .execute();
  if (rows.every((row) => row.team === team)) return rows.map(entryOf);
  const since = await lastSeen(db, assignment, team);
  return rows.filter((row) => row.team === team || row.at < since).map(entryOf);
}

/** What was given to exactly this team. */
export async function ownEntriesOf(db: Database, assignment: string, team: string): Promise<Entry[]> {
  const query = db.selectFrom('entries').selectAll().where('assignment', '=', assignment).where('team', '=', team);
  return (await query.orderBy('at').orderBy('id').execute()).map(entryOf);
}

/** The teams with all members of a team, which is one of them. */
const teamsAround = (db: Database, team: string) =>
  teamsWithMembersOf(db, team).having(({ eb, fn, selectFrom }) =>
    eb(
      fn.countAll(),
      '=',
      selectFrom('members as all')
        .select((members) => members.fn.countAll().as('number'))
        .where('all.team', '=', team),
    ),
  );

const teamsWithMembersOf = (db: Database, team: string) =>
  db
    .selectFrom('members')
    .innerJoin('members as others', 'others.student', 'members.student')
    .select('others.team')
    .where('members.team', '=', team)
    .groupBy('others.team');

/**
 * The teams to which something was given that does not count for a team, although some of its members were in them, or
 * its work was theirs.
 *
 * @param former - the team whose work it was, if it was another one
 */
export async function teamsLeftBehind(
  db: Database,
  assignment: string,
  team: string,
  former: string | undefined,
): Promise<string[]> {
  const rows = await db
    .selectFrom('entries')
    .selectAll()
    .where('assignment', '=', assignment)
    .where(({ eb, or }) =>
      or([eb('team', 'in', teamsWithMembersOf(db, team)), ...(former === undefined ? [] : [eb('team', '=', former)])]),
    )
    .where('team', 'not in', teamsAround(db, team))
    .execute();
  return [...groupBy(rows, (row) => row.team)]
    .filter(([, given]) => countingEntries(given.sort(inOrder).map(entryOf)).length > 0)
    .map(([each]) => each);
}

/** When the last of a team's attempts was new: what others of its members are given later is not this team's. */
async function lastSeen(db: Database, assignment: string, team: string): Promise<string> {
  const row = await db
    .selectFrom('attempts')
    .select(({ fn }) => fn.max('seen').as('seen'))
    .where('assignment', '=', assignment)
    .where('team', '=', team)
    .executeTakeFirst();
  return row?.seen ?? '';
}

/** The same of all teams that handed something in. */
export async function entriesByTeam(db: Database, assignment: string): Promise<Map<string, Entry[]>> {
  const ofAssignment = db.selectFrom('entries').selectAll().where('assignment', '=', assignment);
  const given = groupBy(await ofAssignment.execute(), ({ team }) => team);
  if (given.size === 0) return new Map();
  const handedIn = await db
    .selectFrom('attempts')
    .select(({ fn }) => ['team', fn.max('seen').as('seen')])
    .where('assignment', '=', assignment)
    .groupBy('team')
    .execute();
  const members = await db.selectFrom('members').selectAll().execute();
  const [studentsOf, teamsOf] = [groupBy(members, ({ team }) => team), groupBy(members, ({ student }) => student)];
  const entries = handedIn.map(({ team, seen }) => {
    const [first, ...others] = (studentsOf.get(team) ?? []).map(({ student }) =>
      (teamsOf.get(student) ?? []).map((member) => member.team),
    );
    const rows = (first ?? [])
      .filter((each) => others.every((teams) => teams.includes(each)))
      .flatMap((each) => given.get(each) ?? [])
      .filter((row) => row.team === team || row.at < seen);
    return [team, rows.sort(inOrder).map(entryOf)] as const;
  });
  return new Map(entries);
}

const inOrder = (a: EntryTable, b: EntryTable): number => compareTexts(a.at, b.at) || compareTexts(a.id, b.id);

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

type About = Pick<Entry, 'kind' | 'criterion' | 'file' | 'line' | 'by'>;

/** What an entry is about: of several about the same thing the last one counts. */
const aboutOf = ({ kind, criterion, file, line, by }: About): string =>
  JSON.stringify([kind, criterion, ...(kind === 'comment' ? [file, line, by] : [])]);

/** What counts until now, and does not any more with a new entry. */
export const replacedBy = (entries: readonly Entry[], entry: About): Entry | undefined =>
  countingEntries(entries).find((each) => aboutOf(each) === aboutOf(entry));

/** What counts of it: of several about the same thing the last one, and comments by each person of their own. */
export function countingEntries(entries: readonly Entry[]): Entry[] {
  const latest = new Map(entries.map((entry) => [aboutOf(entry), entry]));
  return [...latest.values()].filter(({ kind, note, points }) =>
    kind === 'comment' ? note !== '' : kind === 'points' || points > 0,
  );
}

export const givenTo = (book: CourseGradebook, assignment: string, team: string): Promise<Entry[]> =>
  book.read((db) => entriesOf(db, assignment, team));
