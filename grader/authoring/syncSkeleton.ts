import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { writeWhole } from '../host/files/writeWhole.ts';
import type { Assignment } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import { deriveSkeleton } from './deriveSkeleton.ts';
import { fencesIn } from './fences.ts';
import { formatted } from './formatted.ts';
import { plainSource } from './plainSource.ts';

/** What can be synchronised before `assignment.yaml` and the skeleton fit together: a file may be missing there. */
type Synchronised = Pick<Assignment, 'id' | 'folders'>;

/** A deliverable whose skeleton is derived from its reference. */
export interface DerivedFile {
  readonly path: string;
  readonly derived: string;
  /** Whether the skeleton's file is something else. */
  readonly isStale: boolean;
}

/**
 * The deliverables whose reference has fences, with what the skeleton should have in their place.
 *
 * @throws UsageError if markers do not fit
 */
export async function derivedFiles(root: string, { id, folders }: Synchronised): Promise<DerivedFile[]> {
  const found: DerivedFile[] = [];
  for (const path of sourcesIn(folders.reference)) {
    const text = textOf(join(folders.reference, path));
    const shown = `reference/${id}/${path}`;
    if (fencesIn(text, shown).length === 0) continue;
    const all = await formatted(root, { [path]: deriveSkeleton(text, shown) });
    found.push({ path, derived: all[path], isStale: all[path] !== textOf(join(folders.skeleton, path)) });
  }
  return found;
}

/** In the folder and below it, with slashes. */
const sourcesIn = (folder: string): string[] =>
  (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])
    .filter((path) => path.endsWith('.ts'))
    .map((path) => path.split(sep).join('/'))
    .sort();

/** Empty if the file does not exist. */
const textOf = (path: string): string => (existsSync(path) ? plainSource(readFileSync(path, 'utf8')) : '');

/**
 * Derives the skeleton's deliverables from the reference again.
 *
 * @returns the files that have changed
 * @throws UsageError if no reference has fences
 */
export async function syncSkeleton(root: string, assignment: Synchronised): Promise<string[]> {
  const files = await derivedFiles(root, assignment);
  if (files.length === 0)
    throw new UsageError(`reference/${assignment.id}: nothing is between // BEGIN SOLUTION and // END SOLUTION`);
  const stale = files.filter(({ isStale }) => isStale);
  for (const { path, derived } of stale) await writeWhole(join(assignment.folders.skeleton, path), derived);
  return stale.map(({ path }) => path);
}
