import { groupBy } from '../../common/groupBy.ts';
import { countingAttempt } from './countingAttempt.ts';
import { countsOf } from './assignments.ts';
import type { Database } from './tables.ts';

/** Records the slip days that an attempt costs while it is the one that counts. */
export async function recordSlipDays(db: Database, attempt: string, days: number): Promise<void> {
  await db
    .insertInto('slip_days')
    .values({ attempt, days })
    .onConflict((conflict) => conflict.column('attempt').doUpdateSet({ days }))
    .execute();
}

/** The slip days that the members of a team have spent on other assignments; of several members the most. */
export async function slipDaysElsewhere(db: Database, assignment: string, team: string): Promise<number> {
  const members = await db.selectFrom('members').select('student').where('team', '=', team).execute();
  const rows = await db
    .selectFrom('members')
    .innerJoin('attempts', 'attempts.team', 'members.team')
    .leftJoin('slip_days', 'slip_days.attempt', 'attempts.id')
    .select(['members.student', 'attempts.assignment', 'attempts.state', 'attempts.received'])
    .select(['attempts.seen', 'attempts.score', 'attempts.late_seconds', 'slip_days.days'])
    .where(
      'members.student',
      'in',
      members.map(({ student }) => student),
    )
    .where('attempts.assignment', '!=', assignment)
    .execute();
  if (!rows.some(({ days }) => days !== null && days > 0)) return 0;
  const assignments = await db.selectFrom('assignments').select(['id', 'counts']).execute();
  const countsFor = new Map(assignments.map(({ id, counts }) => [id, countsOf(counts)]));
  const spent = [...groupBy(rows, ({ student }) => student).values()].map((own) =>
    [...groupBy(own, (row) => row.assignment)].reduce((sum, [id, attempts]) => {
      const counting = countingAttempt(attempts, countsFor.get(id) ?? 'latest');
      return sum + (counting?.state === 'graded' ? (counting.days ?? 0) : 0);
    }, 0),
  );
  return Math.max(...spent);
}
