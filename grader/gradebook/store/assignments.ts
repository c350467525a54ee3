import { randomInt } from 'node:crypto';
import type { Assignment } from '../../model/assignment.ts';
import type { CourseGradebook } from './CourseGradebook.ts';
import { type Counts, COUNTS } from './tables.ts';

/** What the gradebook has decided for an assignment; made the first time. */
export async function courseAssignment(
  book: CourseGradebook,
  { id, title, version }: Pick<Assignment, 'id' | 'title' | 'version'>,
): Promise<{ seed: number; counts: Counts; weight: number }> {
  const known = await book.read((db) =>
    db.selectFrom('assignments').selectAll().where('id', '=', id).executeTakeFirst(),
  );
  if (known?.version === version && known.title === title) return { ...known, counts: countsOf(known.counts) };
  return book.write(async (db) => {
    const fresh = { id, title, version, seed: randomInt(1, 2 ** 31), counts: COUNTS[0], weight: 0, deadline: '' };
    await db
      .insertInto('assignments')
      .values(fresh)
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ title, version }))
      .execute();
    const row = await db.selectFrom('assignments').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    return { ...row, counts: countsOf(row.counts) };
  });
}

export const countsOf = (text: string): Counts => COUNTS.find((each) => each === text) ?? COUNTS[0];

export function setPolicy(
  book: CourseGradebook,
  assignment: string,
  policy: { readonly counts?: Counts; readonly weight?: number },
): Promise<void> {
  return book.write(async (db) => {
    await db.updateTable('assignments').set(policy).where('id', '=', assignment).execute();
  });
}
