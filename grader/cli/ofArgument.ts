import { basename, dirname, relative, resolve } from 'node:path';
import { attemptCalled, shownPerson, studentCalled } from '../gradebook/store/attemptCalled.ts';
import { type Attempt, attemptIn, membersOf } from '../gradebook/store/attempts.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import type { Person } from '../gradebook/store/people.ts';
import type { Database } from '../gradebook/store/tables.ts';
import { UsageError } from '../model/errors.ts';

/** How an argument names a student. */
export const WHO = 'By id, login, address or name; or the folder of a report';

/** The attempt whose report is at a path: its folder, or the `report.json` in it. Undefined if there is none. */
export async function attemptAt(db: Database, book: CourseGradebook, path: string): Promise<Attempt | undefined> {
  if (path.trim() === '') return undefined;
  const folder = basename(path) === 'report.json' ? dirname(path) : path;
  return attemptIn(db, relative(book.folder, resolve(folder)));
}

/**
 * The attempt that a report's path or a student's id, address or name means.
 *
 * @param folder - where the report may be as well
 * @throws UsageError if nobody is meant, or several are
 */
export const attemptOfArgument = (
  book: CourseGradebook,
  text: string,
  assignment: string | undefined,
  folder = text,
): Promise<Attempt> =>
  book.read(
    async (db) =>
      (await attemptAt(db, book, text)) ??
      (text.trim() === '' ? undefined : await attemptAt(db, book, folder)) ??
      attemptCalled(db, text, assignment),
  );

/**
 * Whose work the report at a path is, or who is called so.
 *
 * @throws UsageError if nobody is meant, or several are
 */
export async function personOfArgument(db: Database, book: CourseGradebook, text: string): Promise<Person> {
  const attempt = await attemptAt(db, book, text);
  const [first, ...others] = attempt ? await membersOf(db, attempt.team, attempt.assignment) : [];
  if (!first) return studentCalled(db, text);
  if (others.length === 0) return first;
  throw new UsageError(`${text} is the work of ${[first, ...others].map(shownPerson).join(' and ')}; name one of them`);
}
