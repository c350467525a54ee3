import type { Database } from './tables.ts';

/** How far an assignment is. Two of them are equal if nothing has changed in between. */
export interface Progress {
  readonly graded: number;
  readonly ungradable: number;
  /** Handed in and not graded yet. */
  readonly pending: number;
  /** Number of things that people gave. */
  readonly given: number;
  /** Number of results, of all assignments. */
  readonly results: number;
}

const NOTHING: Progress = { graded: 0, ungradable: 0, pending: 0, given: 0, results: 0 };

/** Counts the attempts of an assignment and what was given for it. */
export async function progressOf(db: Database, assignment: string): Promise<Progress> {
  const attempts = await db
    .selectFrom('attempts')
    .select(({ fn }) => ['state', fn.countAll<number>().as('number')])
    .where('assignment', '=', assignment)
    .groupBy('state')
    .execute();
  const entries = db.selectFrom('entries').select(({ fn }) => fn.countAll<number>().as('number'));
  const { number: given } = await entries.where('assignment', '=', assignment).executeTakeFirstOrThrow();
  const { number: results } = await db
    .selectFrom('results')
    .select(({ fn }) => fn.countAll<number>().as('number'))
    .executeTakeFirstOrThrow();
  return { ...NOTHING, ...Object.fromEntries(attempts.map(({ state, number }) => [state, number])), given, results };
}
