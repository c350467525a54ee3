import { randomUUID } from 'node:crypto';
import { UsageError } from '../../model/errors.ts';
import { now } from './CourseGradebook.ts';
import { markStale } from './staleReports.ts';
import type { AttemptTable, Database } from './tables.ts';

/** A result that takes the place of another one. */
export interface Change {
  readonly attempt: string;
  /** Empty if there was none. */
  readonly oldResult: string;
  /** Empty if the work cannot be graded any more. */
  readonly newResult: string;
  /** Why there is no new result; empty if there is one. */
  readonly reason: string;
}

/** Applies changes that belong together; returns the name of the batch. The caller counts the teams again. */
export async function applyChanges(db: Database, changes: readonly Change[], by: string): Promise<string> {
  const [batch, at] = [randomUUID(), now()];
  for (const { attempt, oldResult, newResult, reason } of changes) {
    const { held, assignment, team } = await db
      .selectFrom('attempts')
      .select(['held', 'assignment', 'team'])
      .where('id', '=', attempt)
      .where('result', '=', oldResult)
      .executeTakeFirstOrThrow(() => new UsageError('the gradebook has changed meanwhile; run the command again'));
    await db
      .insertInto('changes')
      .values({
        ...{ batch, attempt, old_result: oldResult, new_result: newResult, old_held: held },
        ...{ given_by: by, at, undone: '' },
      })
      .execute();
    await setResult(db, attempt, newResult, reason);
    await markStale(db, assignment, team);
  }
  return batch;
}

/** Those of these changes that no other command has applied meanwhile. */
export async function notYetApplied(db: Database, changes: readonly Change[]): Promise<Change[]> {
  const ids = changes.map(({ attempt }) => attempt);
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('attempts').select(['id', 'result']).where('id', 'in', ids).execute();
  const resultOf = new Map(rows.map(({ id, result }) => [id, result]));
  return changes.filter(({ attempt, newResult }) => resultOf.get(attempt) !== newResult);
}

/** Decides that what counts for these attempts stays: nothing waits for taking its place. */
export async function keepResults(db: Database, attempts: readonly string[]): Promise<void> {
  for (const id of attempts)
    await db.updateTable('attempts').set({ held: 1, waiting: '' }).where('id', '=', id).execute();
}

/** Keeps what counts for these attempts, whatever grading them anew would give. */
export async function hold(db: Database, attempts: readonly string[]): Promise<void> {
  for (const id of attempts) await db.updateTable('attempts').set({ held: 1 }).where('id', '=', id).execute();
}

/** Changes that were applied together. */
export interface AppliedBatch {
  readonly batch: string;
  readonly by: string;
  readonly at: string;
  /** The number of attempts that were changed. */
  readonly attempts: number;
}

/** The changes of an assignment that were applied last and are not taken back; undefined if there are none. */
export const lastApplied = (db: Database, assignment: string): Promise<AppliedBatch | undefined> =>
  db
    .selectFrom('changes')
    .innerJoin('attempts', 'attempts.id', 'changes.attempt')
    .select(({ fn }) => ['changes.batch', 'changes.given_by as by', 'changes.at', fn.countAll<number>().as('attempts')])
    .where('attempts.assignment', '=', assignment)
    .where('changes.undone', '=', '')
    .groupBy(['changes.batch', 'changes.given_by', 'changes.at'])
    .orderBy('changes.at', 'desc')
    .executeTakeFirst();

/**
 * Takes back the last batch of changes of an assignment.
 *
 * @param meant - the batch that it should be, if that is known
 * @returns its name, and the attempts that it changed
 * @throws UsageError if there is none, or it is another one
 */
export async function undoLast(
  db: Database,
  assignment: string,
  meant?: string,
): Promise<{ batch: string; attempts: AttemptTable[] }> {
  const last = await lastApplied(db, assignment);
  if (!last) throw new UsageError(`${assignment}: no regrading was applied that could be undone`);
  if (meant !== undefined && meant !== last.batch)
    throw new UsageError('This was taken back already, or something else was applied meanwhile. Reload the page.');
  const changes = await db.selectFrom('changes').selectAll().where('batch', '=', last.batch).execute();
  for (const { attempt, old_result: result } of changes)
    await setResult(db, attempt, result, 'its regrading was undone; it had no score before');
  await db.updateTable('changes').set({ undone: now() }).where('batch', '=', last.batch).execute();
  const ids = changes.map(({ attempt }) => attempt);
  const attempts = await db.selectFrom('attempts').selectAll().where('id', 'in', ids).execute();
  for (const { team } of attempts) await markStale(db, assignment, team);
  return { batch: last.batch, attempts };
}

/** What was decided is held: a class that is graded again does not change it. */
async function setResult(db: Database, attempt: string, result: string, reason: string): Promise<void> {
  const nothing = { state: 'ungradable', reason, score: -1, out_of: 0, pending: 0, late_seconds: 0 } as const;
  await db
    .updateTable('attempts')
    .set({ result, held: 1, waiting: '', ...(result === '' ? { ...nothing, held: 0 } : {}) })
    .where('id', '=', attempt)
    .execute();
}
