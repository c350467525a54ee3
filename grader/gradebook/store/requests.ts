import { randomUUID } from 'node:crypto';
import { now } from './CourseGradebook.ts';
import type { Database, RequestTable } from './tables.ts';

/** What a student asks to be looked at again. */
export interface NewRequest {
  readonly assignment: string;
  /** The gradebook's key. */
  readonly student: string;
  /** Empty if it is about the whole work. */
  readonly criterion: string;
  readonly text: string;
  /** Who recorded it. */
  readonly by: string;
}

/**
 * Records a request; the same text of a student about the same criterion is one request.
 *
 * @param isAskedAgain - whether it is another one if it has been answered
 * @returns false if it was known before
 */
export async function addRequest(db: Database, { by, ...request }: NewRequest, isAskedAgain = false): Promise<boolean> {
  const same = db
    .selectFrom('requests')
    .select('id')
    .where('assignment', '=', request.assignment)
    .where('student', '=', request.student)
    .where('criterion', '=', request.criterion)
    .where('text', '=', request.text);
  const known = await (isAskedAgain ? same.where('answered', '=', '') : same).executeTakeFirst();
  if (known) return false;
  const nothing = { answer: '', answered_by: '', answered: '' };
  await db
    .insertInto('requests')
    .values({ id: randomUUID(), ...request, given_by: by, at: now(), ...nothing })
    .execute();
  return true;
}

/** All requests for an assignment, the oldest first. */
export const requestsFor = (db: Database, assignment: string): Promise<RequestTable[]> =>
  db.selectFrom('requests').selectAll().where('assignment', '=', assignment).orderBy('at').orderBy('id').execute();

/** The number of requests that nobody has answered. */
export async function openRequests(db: Database, assignment: string): Promise<number> {
  const rows = db.selectFrom('requests').select('id').where('assignment', '=', assignment).where('answered', '=', '');
  return (await rows.execute()).length;
}

/**
 * Answers a request.
 *
 * @returns false if somebody has answered it meanwhile: an answer is never replaced
 */
export async function answerRequest(db: Database, id: string, answer: string, by: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('requests')
    .set({ answer, answered_by: by, answered: now() })
    .where('id', '=', id)
    .where('answered', '=', '')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
