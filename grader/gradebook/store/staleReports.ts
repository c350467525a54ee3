import { randomUUID } from 'node:crypto';
import type { Database, StaleReportTable } from './tables.ts';

/** Records that the saved reports of a team show what counted before, in the transaction that changes what counts. */
export async function markStale(db: Database, assignment: string, team: string): Promise<void> {
  const mark = randomUUID();
  await db
    .insertInto('stale_reports')
    .values({ assignment, team, mark })
    .onConflict((conflict) => conflict.columns(['assignment', 'team']).doUpdateSet({ mark }))
    .execute();
}

/** The mark of a team whose saved reports are stale: another one after each change. Undefined if they are not. */
export async function staleMark(db: Database, assignment: string, team: string): Promise<string | undefined> {
  const marks = db.selectFrom('stale_reports').select('mark').where('assignment', '=', assignment);
  return (await marks.where('team', '=', team).executeTakeFirst())?.mark;
}

/** Records that the reports of a team are renewed, unless they have become stale again since this mark was read. */
export async function clearStale(db: Database, assignment: string, team: string, mark: string): Promise<void> {
  const marks = db.deleteFrom('stale_reports').where('assignment', '=', assignment).where('team', '=', team);
  await marks.where('mark', '=', mark).execute();
}

/** All teams whose saved reports are stale. */
export const staleTeams = (db: Database): Promise<Pick<StaleReportTable, 'assignment' | 'team'>[]> =>
  db.selectFrom('stale_reports').select(['assignment', 'team']).execute();
