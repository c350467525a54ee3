import { keyOf } from './CourseGradebook.ts';
import type { AttemptTable, Database } from './tables.ts';

/** Gives everything of a team to another one. Work that both handed in is one attempt. */
export async function moveWork(db: Database, former: string, team: string): Promise<void> {
  for (const attempt of await db.selectFrom('attempts').selectAll().where('team', '=', former).execute())
    await moveAttempt(db, attempt, team);
  await db.updateTable('entries').set({ team }).where('team', '=', former).execute();
  await moveDeadlines(db, former, team);
  const published = await db.selectFrom('published').selectAll().where('team', '=', former).execute();
  await db.deleteFrom('published').where('team', '=', former).execute();
  for (const row of published)
    await db
      .insertInto('published')
      .values({ ...row, team })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
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

/** Of two due dates the later one is the extension. */
async function moveDeadlines(db: Database, former: string, team: string): Promise<void> {
  for (const row of await db.selectFrom('deadlines').selectAll().where('team', '=', former).execute()) {
    const { assignment } = row;
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
