import type { CourseGradebook } from './CourseGradebook.ts';
import { byOrder, type Person, personsOf } from './people.ts';
import type { AttemptTable, Database } from './tables.ts';

/** An attempt as the gradebook has it. */
export interface Attempt extends AttemptTable {
  /** When it was due; empty if unknown. */
  readonly due: string;
  /** See `DeadlineTable`. */
  readonly terms: string;
}

/** The students of a team, by name. */
export async function membersOf(db: Database, team: string, assignment: string): Promise<Person[]> {
  const rows = await db.selectFrom('members').select('student').where('team', '=', team).execute();
  const persons = await personsOf(
    db,
    rows.map(({ student }) => student),
    assignment,
  );
  return persons.sort(byOrder);
}

/** Undefined if there is none. */
export async function attemptOf(db: Database, id: string): Promise<Attempt | undefined> {
  const row = await db.selectFrom('attempts').selectAll().where('id', '=', id).executeTakeFirst();
  return row && withDue(db, row);
}

async function withDue(db: Database, row: AttemptTable): Promise<Attempt> {
  const deadline = await db
    .selectFrom('deadlines')
    .select(['due', 'terms'])
    .where('assignment', '=', row.assignment)
    .where('team', '=', row.team)
    .executeTakeFirst();
  return { ...row, due: deadline?.due ?? '', terms: deadline?.terms ?? '' };
}

/** The attempt whose report is in a folder. */
export async function attemptIn(db: Database, folder: string): Promise<Attempt | undefined> {
  if (folder === '') return undefined;
  const row = await db.selectFrom('attempts').selectAll().where('folder', '=', folder).executeTakeFirst();
  return row && withDue(db, row);
}

/** Says why an attempt has no score. One that has a result keeps it: the machine may have failed only now. */
export function recordFailure(
  book: CourseGradebook,
  attempt: string,
  state: 'ungradable' | 'pending',
  reason: string,
): Promise<void> {
  return book.write(async (db) => {
    const nothing = { state, reason, result: '', score: -1, out_of: 0, pending: 0 };
    let update = db.updateTable('attempts').set(nothing).where('id', '=', attempt);
    // Another command may have decided on its score meanwhile.
    update = state === 'pending' ? update.where('result', '=', '') : update.where('held', '=', 0);
    await update.execute();
  });
}

/** Records when an attempt was last seen, which orders those whose times are unknown. */
export function recordSeen(book: CourseGradebook, attempt: string, seen: string): Promise<void> {
  return book.write(async (db) => {
    await db.updateTable('attempts').set({ seen }).where('id', '=', attempt).execute();
  });
}

/** All attempts of these teams at an assignment, or at all of them, in the order in which they were first seen. */
export async function attemptsOf(
  db: Database,
  teams: readonly string[],
  assignment: string | undefined,
): Promise<Attempt[]> {
  if (teams.length === 0) return [];
  let query = db.selectFrom('attempts').selectAll().where('team', 'in', teams);
  if (assignment !== undefined) query = query.where('assignment', '=', assignment);
  return Promise.all((await query.orderBy('assignment').orderBy('seen').execute()).map((row) => withDue(db, row)));
}

/** The teams that a student is or was in. */
export async function teamsOf(db: Database, student: string): Promise<string[]> {
  const rows = await db.selectFrom('members').select('team').where('student', '=', student).execute();
  return rows.map(({ team }) => team);
}
