import type { ExpressionBuilder } from 'kysely';
import { keyOf } from './CourseGradebook.ts';
import type { AttemptTable, Database, Tables } from './tables.ts';

/**
 * Gives everything of a team to another one. Work that both handed in is one attempt.
 *
 * @param assignment - of all assignments if it is undefined
 */
export async function moveWork(db: Database, former: string, team: string, assignment?: string): Promise<void> {
  const isMoved = ({
    eb,
    and,
  }: ExpressionBuilder<Tables, 'attempts' | 'entries' | 'deadlines' | 'published' | 'awards'>) =>
    and([eb('team', '=', former), ...(assignment === undefined ? [] : [eb('assignment', '=', assignment)])]);
  for (const attempt of await db.selectFrom('attempts').selectAll().where(isMoved).execute())
    await moveAttempt(db, attempt, team);
  await db.updateTable('entries').set({ team }).where(isMoved).execute();
  await moveAwards(db, await db.selectFrom('awards').selectAll().where(isMoved).execute(), team);
  await moveDeadlines(db, await db.selectFrom('deadlines').selectAll().where(isMoved).execute(), team);
  const published = await db.selectFrom('published').selectAll().where(isMoved).execute();
  await db.deleteFrom('published').where(isMoved).execute();
  for (const row of published)
    await db
      .insertInto('published')
      .values({ ...row, team, at: await freeTime(db, row.assignment, team, row.at) })
      .execute();
}

/** Scores that were published together have one time: of two of one team the one that came to it is a moment older. */
async function freeTime(db: Database, assignment: string, team: string, at: string): Promise<string> {
  const rows = await db
    .selectFrom('published')
    .select('at')
    .where('assignment', '=', assignment)
    .where('team', '=', team)
    .execute();
  const taken = new Set(rows.map((row) => row.at));
  let free = at;
  while (taken.has(free)) free = new Date(Date.parse(free) - 1).toISOString();
  return free;
}

/** An attempt is named by its team and its work: what refers to it is renamed as well. */
async function moveAttempt(db: Database, attempt: AttemptTable, team: string): Promise<void> {
  const id = keyOf(attempt.assignment, team, attempt.digest);
  const known = await db.selectFrom('attempts').selectAll().where('id', '=', id).executeTakeFirst();
  for (const table of ['results', 'changes', 'published'] as const)
    await db.updateTable(table).set({ attempt: id }).where('attempt', '=', attempt.id).execute();
  if (!known) {
    await db.updateTable('slip_days').set({ attempt: id }).where('attempt', '=', attempt.id).execute();
    await db.updateTable('attempts').set({ id, team }).where('id', '=', attempt.id).execute();
    return;
  }
  await db.deleteFrom('slip_days').where('attempt', '=', attempt.id).execute();
  await db.deleteFrom('attempts').where('id', '=', attempt.id).execute();
  await db
    .updateTable('attempts')
    .set({ ...together(known, attempt), id, team })
    .where('id', '=', id)
    .execute();
}

/** One attempt of two at the same work: as old as the older one, with the result of the one that has one. */
function together(known: AttemptTable, other: AttemptTable): AttemptTable {
  const [first, last] = known.seen <= other.seen ? [known, other] : [other, known];
  const isOthers = known.result === '' || (other.held === 1 && known.held === 0 && other.result !== '');
  return {
    ...(isOthers ? other : known),
    ...{ seen: first.seen, recorded: first.recorded, received: first.received || last.received },
  };
}

/** Of two that were given at once the other team's is enough: the entries have both. */
async function moveAwards(db: Database, awards: readonly Tables['awards'][], team: string): Promise<void> {
  for (const row of awards) {
    const { batch, team: former } = row;
    await db.deleteFrom('awards').where('batch', '=', batch).where('team', '=', former).execute();
    await db
      .insertInto('awards')
      .values({ ...row, team })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Of two due dates the later one is the extension. */
async function moveDeadlines(db: Database, deadlines: readonly Tables['deadlines'][], team: string): Promise<void> {
  for (const row of deadlines) {
    const { assignment, team: former } = row;
    const of = db.selectFrom('deadlines').select('due').where('assignment', '=', assignment).where('team', '=', team);
    const known = await of.executeTakeFirst();
    const isKept = known !== undefined && Date.parse(known.due) >= Date.parse(row.due);
    const outdated = db.deleteFrom('deadlines').where('assignment', '=', assignment);
    await outdated.where('team', 'in', isKept ? [former] : [former, team]).execute();
    if (!isKept)
      await db
        .insertInto('deadlines')
        .values({ ...row, team })
        .execute();
  }
}
