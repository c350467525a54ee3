import { dirname, join, resolve } from 'node:path';
import { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { isUrl } from '../gradebook/store/openDatabase.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { statOf } from '../host/files/makeFolder.ts';
import { UsageError } from '../model/errors.ts';

/** Where the gradebook of the course is. */
export const GRADEBOOK_OPTION = {
  type: 'string',
  describe: 'The course’s gradebook: a file, or postgres://… (gradebook.db in the folder of the reports)',
} as const;

/** The gradebook next to the folder of a class. */
export const gradebookBeside = (out: string): string => join(dirname(resolve(out)), 'gradebook.db');

/** The gradebook of a command that names none. */
export const DEFAULT_GRADEBOOK = join('reports', 'gradebook.db');

/**
 * Opens a gradebook for some work, and makes it if it does not exist.
 *
 * @param folder - where the files of a database with a URL are kept
 */
export async function withGradebook<T>(
  location: string,
  folder: string,
  work: (book: CourseGradebook) => Promise<T>,
): Promise<T> {
  if (!isUrl(location)) await requireWritable([location]);
  const book = await CourseGradebook.open(location, folder);
  try {
    return await work(book);
  } finally {
    await book.close();
  }
}

/**
 * Opens the gradebook that a command is about.
 *
 * @param location - `reports/gradebook.db` if left out
 * @throws UsageError if there is none
 */
export async function withKnownGradebook<T>(
  location: string | undefined,
  work: (book: CourseGradebook) => Promise<T>,
): Promise<T> {
  const path = location ?? DEFAULT_GRADEBOOK;
  if (!isUrl(path) && !(await statOf(path)))
    throw new UsageError(`${path}: no such gradebook; grade class makes it, --gradebook names another`);
  return withGradebook(path, 'reports', work);
}
