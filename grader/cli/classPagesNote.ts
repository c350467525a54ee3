import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { classFolder } from '../gradebook/classFolder.ts';
import { attemptsOf } from '../gradebook/store/attempts.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { printableLine } from '../report/text/printable.ts';

/**
 * Names the tables of classes that were saved before the scores of these teams changed, a line each; nothing if there is
 * none.
 */
export async function classPagesNote(
  book: CourseGradebook,
  assignment: string,
  teams: readonly string[],
): Promise<string> {
  const attempts = await book.read((db) => attemptsOf(db, teams, assignment));
  const classes = new Set(attempts.filter(({ folder }) => folder !== '').map(({ folder }) => classFolder(folder)));
  return [...classes]
    .map((folder) => join(book.folder, folder))
    .filter((folder) => existsSync(join(folder, 'class.csv')))
    .map((folder) => `The class’s page and table in ${printableLine(folder)} are as before; grade class renews them\n`)
    .join('');
}
