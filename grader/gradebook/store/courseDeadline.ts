import { CourseDeadline } from '../../model/deadlines.ts';
import type { CourseGradebook } from './CourseGradebook.ts';
import type { Database } from './tables.ts';

/** Keeps when an assignment is due: it holds for students who hand in later as well. */
export async function keepDeadline(
  book: CourseGradebook,
  assignment: string,
  { due, grace, slipDays }: CourseDeadline,
): Promise<void> {
  const deadline = JSON.stringify({ due, grace, slipDays });
  if ((await storedDeadline(book, assignment)) === deadline) return;
  await book.write(async (db) => {
    await db.updateTable('assignments').set({ deadline }).where('id', '=', assignment).execute();
  });
}

/** When an assignment is due, as it was given last; undefined if it never was. */
export async function keptDeadline(book: CourseGradebook, assignment: string): Promise<CourseDeadline | undefined> {
  const text = await storedDeadline(book, assignment);
  return text === '' ? undefined : CourseDeadline.parse(JSON.parse(text));
}

/** On whose clocks the times of an assignment are shown: those of its due date, or else UTC. */
export type ZoneOf = (assignment: string) => string;

export async function courseZones(db: Database): Promise<ZoneOf> {
  const rows = await db.selectFrom('assignments').select(['id', 'deadline']).where('deadline', '!=', '').execute();
  const zones = new Map(rows.map(({ id, deadline }) => [id, CourseDeadline.parse(JSON.parse(deadline)).due.zone]));
  return (assignment) => zones.get(assignment) ?? 'UTC';
}

async function storedDeadline(book: CourseGradebook, assignment: string): Promise<string> {
  const row = await book.read((db) =>
    db.selectFrom('assignments').select('deadline').where('id', '=', assignment).executeTakeFirst(),
  );
  return row?.deadline ?? '';
}
