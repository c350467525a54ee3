import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFile } from '../host/files/lockFile.ts';
import type { Assignment } from '../model/assignment.ts';
import { courseOf } from '../model/courseOf.ts';
import { UsageError } from '../model/errors.ts';
import { ROOMS } from './courseFolder.ts';
import { ownPackages, withDependencies } from './ownPackages.ts';

/** Grades every assignment. */
const GRADER = ['grader', 'tests/kit'];

type Identified = Pick<Assignment, 'id' | 'packages' | 'folders'>;

/** A file or folder of im2grade or of a course. */
export interface Source {
  /** The same on every machine: the path in im2grade or in the course, with forward slashes. */
  readonly name: string;
  readonly path: string;
}

/**
 * The folders on which the result of a grading depends, in addition to the submission: the grader, the assignment's own
 * folders, and the packages that either of them needs.
 *
 * @param root - the folder of im2grade
 * @throws UsageError if one of the assignment's folders is missing
 */
export function sourcesOf(root: string, assignment: Identified): Source[] {
  const grading = ownPackages(root).filter(({ folder }) => GRADER.includes(folder));
  const names = [...grading.map(({ name }) => name), ...assignment.packages];
  const packages = withDependencies(root, names).map(({ folder }) => ({ name: folder, path: join(root, folder) }));
  return [...packages, ...roomsOf(assignment)].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function roomsOf({ id, folders }: Identified): Source[] {
  const rooms = ROOMS.map((room) => ({ name: `${room}/${id}`, path: folders[room] }));
  const missing = rooms.find(({ path }) => !existsSync(path));
  if (missing) throw new UsageError(`${missing.name} is missing in ${courseOf({ folders })}`);
  return rooms;
}

/** Files that only test the grader, and pictures and prose, do not affect a grading. */
const UNDECISIVE =
  /(?:^|\/)(?:mutants|unfair|accepted|test|node_modules|\.[^/]*)\/|\.test\.ts$|\.(?:md|svg|png)$|\/\.[^/]*$/u;

/**
 * The files in `sourcesOf` that affect the result of a grading, in a fixed order.
 *
 * @throws UsageError if one of the assignment's folders is missing
 */
export const sourceFiles = (root: string, assignment: Identified): Source[] =>
  sourcesOf(root, assignment).flatMap((folder) =>
    filesUnder(folder)
      .filter(({ name }) => !UNDECISIVE.test(name))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  );

/** All files in a folder and in its folders, but not what is installed there. */
export function filesUnder(folder: Source): Source[] {
  return readdirSync(folder.path, { withFileTypes: true }).flatMap((entry) => {
    const inner = { name: `${folder.name}/${entry.name}`, path: join(folder.path, entry.name) };
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesUnder(inner);
    return entry.isFile() ? [inner] : [];
  });
}

/** A digest of the files, their names, and the versions of all installed packages; the caller can add to it. */
export function digestOfSources(root: string, files: readonly Source[]): Hash {
  return addFiles(createHash('sha256').update(readFileSync(lockFile(root))), files);
}

/** A digest of the files and their names, whatever is installed. */
export const digestOfFiles = (files: readonly Source[]): string => addFiles(createHash('sha256'), files).digest('hex');

function addFiles(hash: Hash, files: readonly Source[]): Hash {
  for (const { name, path } of files) hash.update(`\0${name}\0`).update(readFileSync(path)).update('\0');
  return hash;
}
