import { dirname, join, resolve } from 'node:path';
import { findAssignment } from '../assignments/findAssignments.ts';
import { renewStaleReports } from '../course/renewStaleReports.ts';
import { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { isUrl, shownLocation } from '../gradebook/store/location.ts';
import type { Access } from '../gradebook/store/requireGradebook.ts';
import { foundAt } from '../host/files/foundAt.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { statOf } from '../host/files/makeFolder.ts';
import { UsageError } from '../model/errors.ts';
import { note } from './note.ts';
import { ROOT } from './root.ts';

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
 * Opens a gradebook for some work, and makes it if it does not exist. If it may be changed, reports that an earlier command left
 * stale are renewed first.
 *
 * @param folder - where the files of a database with a URL are kept, unless it knows of another folder
 */
export async function withGradebook<T>(
  location: string,
  folder: string,
  work: (book: CourseGradebook) => Promise<T>,
  access: Access = 'make',
): Promise<T> {
  if (!isUrl(location) && /^[a-z][a-z+]*:\/\//iu.test(location))
    throw new UsageError(`--gradebook ${shownLocation(location)}: must be a file or a URL like postgres://host/course`);
  if (!isUrl(location) && access !== 'read' && !(await statOf(location))?.isDirectory())
    await requireWritable([location]);
  const book = await CourseGradebook.open(location, folder, access);
  try {
    if (access !== 'read') await renewStaleReports(book, (id) => findAssignment(ROOT, id), note);
    return await work(book);
  } finally {
    await book.close();
  }
}

/**
 * Opens the gradebook that a command is about.
 *
 * @param location - `reports/gradebook.db` if left out
 * @param access - `read` if the command changes nothing in it
 * @throws UsageError if there is none
 */
export async function withKnownGradebook<T>(
  location: string | undefined,
  work: (book: CourseGradebook) => Promise<T>,
  access: 'change' | 'read' = 'change',
): Promise<T> {
  const path = location ?? DEFAULT_GRADEBOOK;
  if (!/:\/\//u.test(path) && !foundAt(path))
    throw new UsageError(`${path}: no such gradebook; grade class makes it, --gradebook names another`);
  return withGradebook(path, 'reports', work, access);
}
