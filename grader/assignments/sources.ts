import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assignment } from '../model/assignment.ts';
import { ownPackages, withDependencies } from './ownPackages.ts';

/** Grades every assignment. */
const GRADER = ['grader', 'tests/kit'];
const ROOMS = ['skeleton', 'reference', 'tests'];

type Identified = Pick<Assignment, 'id' | 'packages'>;

/**
 * The folders on which the result of a grading depends, in addition to the submission: the grader, the assignment's own
 * folders, and the packages that either of them needs.
 *
 * @param root - the repository's folder
 * @returns paths relative to it, with forward slashes
 */
export function sourcesOf(root: string, { id, packages }: Identified): string[] {
  const grading = ownPackages(root).filter(({ folder }) => GRADER.includes(folder));
  const names = [...grading.map(({ name }) => name), ...packages];
  return [...withDependencies(root, names).map(({ folder }) => folder), ...ROOMS.map((room) => `${room}/${id}`)].sort();
}

/** Files that only test the grader, and pictures and prose, do not affect a grading. */
const UNDECISIVE =
  /(?:^|\/)(?:mutants|unfair|accepted|test|node_modules|\.[^/]*)\/|\.test\.ts$|\.(?:md|svg|png)$|\/\.[^/]*$/u;

/** The files in `sourcesOf` that affect the result of a grading, in a fixed order. */
export const sourceFiles = (root: string, assignment: Identified): string[] =>
  sourcesOf(root, assignment).flatMap((folder) =>
    filesUnder(root, folder)
      .filter((path) => !UNDECISIVE.test(path))
      .sort(),
  );

function filesUnder(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesUnder(root, path);
    return entry.isFile() ? [path] : [];
  });
}

/** A digest of the files, their paths, and the versions of all installed packages; the caller can add to it. */
export function digestOfSources(root: string, files: readonly string[]): Hash {
  return addFiles(createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))), root, files);
}

/** A digest of the files and their paths, whatever is installed. */
export const digestOfFiles = (root: string, files: readonly string[]): string =>
  addFiles(createHash('sha256'), root, files).digest('hex');

function addFiles(hash: Hash, root: string, files: readonly string[]): Hash {
  for (const file of files)
    hash
      .update(`\0${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash;
}
