import { isDeepStrictEqual } from 'node:util';
import { slipDaysElsewhere } from './slipDays.ts';
import type { Database } from './tables.ts';

/** When the work of a team is due, as a run of a command knows it. */
export interface Due {
  readonly at: string;
  /** Whether the course says so of this team. */
  readonly isExtended: boolean;
  /** Whether the course's file says who has an extension: nobody else has one. */
  readonly isOfAll?: boolean | undefined;
  /** Whether an earlier run said so: it is for teams of which no due date is known. */
  readonly isKept?: boolean | undefined;
  /** See `DeadlineTable`; they depend on the slip days that the team has spent on other assignments. */
  readonly terms: (slipDaysElsewhere: number) => string;
}

/** What happened to the due date of a team. */
export type NewDue = 'changed' | 'extension ended';

/**
 * Records when the work of a team is due. An extension is kept by runs that do not say who has one, as long as it ends
 * after the course's due date; it follows its students into another team.
 *
 * @returns undefined unless it was another one before
 */
export async function setDue(db: Database, assignment: string, team: string, due: Due): Promise<NewDue | undefined> {
  const known = await db
    .selectFrom('deadlines')
    .select(['due', 'extended', 'terms'])
    .where('assignment', '=', assignment)
    .where('team', '=', team)
    .executeTakeFirst();
  if (known && due.isKept === true) return undefined;
  const before = known ?? (await extensionOfMembers(db, assignment, team));
  const wasLonger = before?.extended === 1 && !due.isExtended && Date.parse(before.due) > Date.parse(due.at);
  const { due: at, extended } =
    wasLonger && due.isOfAll !== true ? before : { due: due.at, extended: due.isExtended ? 1 : 0 };
  const values = { due: at, extended, terms: due.terms(await slipDaysElsewhere(db, assignment, team)) };
  if (isDeepStrictEqual(known, values)) return undefined;
  await db
    .insertInto('deadlines')
    .values({ assignment, team, ...values })
    .onConflict((conflict) => conflict.columns(['assignment', 'team']).doUpdateSet(values))
    .execute();
  if (!known || (known.due === values.due && known.terms === values.terms)) return undefined;
  return wasLonger ? 'extension ended' : 'changed';
}

/** The latest extension of any team with a member of this one; undefined if there is none. */
const extensionOfMembers = (db: Database, assignment: string, team: string) =>
  db
    .selectFrom('members')
    .innerJoin('members as others', 'others.student', 'members.student')
    .innerJoin('deadlines', 'deadlines.team', 'others.team')
    .select(['deadlines.due', 'deadlines.extended'])
    .where('members.team', '=', team)
    .where('deadlines.assignment', '=', assignment)
    .where('deadlines.extended', '=', 1)
    .orderBy('deadlines.due', 'desc')
    .executeTakeFirst();
