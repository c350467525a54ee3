import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Assignment } from '../model/assignment.ts';
import { courseOf } from '../model/courseOf.ts';
import { handoutPackages } from '../release/handoutPackages.ts';
import type { Files } from '../release/packFolder.ts';

/** Shorter lines are braces and common words. */
const LEAST_LENGTH = 40;

const linesOf = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => text.split('\n').map((line) => line.trim())).filter(({ length }) => length > LEAST_LENGTH);

/** All files in folders, but not what is installed there. */
const textsIn = (folders: readonly string[]): string[] =>
  folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !relative(folder, entry.parentPath).includes('node_modules'))
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
    );

/** The folders that an assignment's handout is made of, and those that must not be in it. */
function foldersOf(root: string, assignment: Assignment): { packed: string[]; hidden: string[] } {
  const packed = [
    assignment.folders.skeleton,
    ...handoutPackages(root, assignment).map((folder) => join(root, folder)),
  ];
  const places = [...new Set([root, courseOf(assignment)])];
  const skeletons = places.map((place) => join(place, 'skeleton')).filter((folder) => existsSync(folder));
  const others = skeletons.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const hidden = places.flatMap((place) => [join(place, 'reference'), join(place, 'tests')]);
  return { packed, hidden: [...hidden, ...others.filter((folder) => !packed.includes(folder))] };
}

/**
 * The lines of files that are only in hidden folders: no line of the reference, the suites or the mutants may be handed
 * out.
 *
 * @param files - of the handout
 */
export function leakedLines(root: string, assignment: Assignment, files: Files): string[] {
  const { packed, hidden } = foldersOf(root, assignment);
  const given = textsIn(packed).join('\n');
  const secret = new Set(linesOf(textsIn(hidden)));
  const handed = new Set(linesOf([...files.values()].map((content) => Buffer.from(content).toString('utf8'))));
  return [...handed].filter((line) => secret.has(line) && !given.includes(line));
}

/** The lines that the reference shares with a library in the handout, and not with the stubs. */
export function sharedLines(root: string, assignment: Assignment): string[] {
  const [own, ...libraries] = foldersOf(root, assignment).packed;
  const [stubs, given] = [textsIn([own]).join('\n'), textsIn(libraries).join('\n')];
  const lines = linesOf(textsIn([assignment.folders.reference]));
  return [...new Set(lines)].filter((line) => given.includes(line) && !stubs.includes(line));
}
