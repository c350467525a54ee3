import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Assignment, deliverableAt } from '../model/assignment.ts';

/** The text files of a workspace by their path inside the assignment. */
export type Workspace = ReadonlyMap<string, string>;

/**
 * The pristine sources of the skeleton, overlaid with the deliverables: a student cannot change a test, a setting or
 * the library.
 *
 * @param deliverables - texts by path; a deliverable that is not among them keeps the skeleton's stub, and a binary one
 *   is not part of a program
 */
export function mergeFiles(assignment: Assignment, deliverables: ReadonlyMap<string, string>): Workspace {
  const merged = new Map(sourceFiles(assignment.folders.skeleton));
  for (const { path, binary } of assignment.deliverables) {
    const text = deliverables.get(path);
    if (text !== undefined && !binary) merged.set(path, text);
  }
  return merged;
}

/**
 * Reads the deliverables in one of our own folders, as intake does: a reference, a naive solution, the skeleton's
 * stubs.
 */
export function ownDeliverables(assignment: Assignment, folder: string): Map<string, string> {
  const present = new Map(listFiles(folder));
  const own = new Set(assignment.deliverables.map(({ path }) => path).filter((path) => present.has(path)));
  for (const path of present.keys()) if (deliverableAt(assignment, path)) own.add(path);
  const textOf = (path: string) =>
    readFileSync(present.get(path)!, deliverableAt(assignment, path)?.binary ? 'base64' : 'utf8');
  return new Map([...own].map((path) => [path, textOf(path)]));
}

function sourceFiles(skeleton: string): [string, string][] {
  return listFiles(join(skeleton, 'src')).map(([path, file]) => [`src/${path}`, readFileSync(file, 'utf8')]);
}

function listFiles(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [relative(folder, file).split(sep).join('/'), file]);
}
