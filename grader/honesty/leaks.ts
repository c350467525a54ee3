import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { deriveSkeleton } from '../authoring/deriveSkeleton.ts';
import { fencesIn } from '../authoring/fences.ts';
import { plainSource } from '../authoring/plainSource.ts';
import { suiteFiles } from '../compile/runtimeBundles.ts';
import type { Assignment } from '../model/assignment.ts';
import { handoutPackages } from '../release/handoutPackages.ts';
import type { Files } from '../release/packFolder.ts';
import { type Mutant, readMutants, readUnfair } from './keptMutants.ts';
import { passagesIn, readable } from './passages.ts';

/** A passage of a hidden file that is in a handout. */
export interface Leak {
  /** In the handout. */
  readonly path: string;
  readonly passage: string;
}

/**
 * The passages of the reference, the suites, the mutants and other kept solutions that a handout's files contain, and
 * that neither a stub nor a library of the handout contains.
 *
 * @param files - of the handout
 */
export function leaksIn(root: string, assignment: Assignment, files: Files): Leak[] {
  const given = readable([...librariesOf(root, assignment), ...stubsOf(assignment)].join('\n'));
  const secret = new Set(hiddenTexts(assignment).flatMap((text) => [...passagesIn(text)]));
  const unknown = [...secret].filter((passage) => !given.includes(passage));
  return [...files].flatMap(([path, content]) => {
    if (path.startsWith('vendor/')) return [];
    const text = readable(Buffer.from(content).toString('utf8'));
    return unknown.filter((passage) => text.includes(passage)).map((passage) => ({ path, passage }));
  });
}

/** The passages that the reference shares with a library in the handout, and not with the stubs. */
export function sharedPassages(root: string, assignment: Assignment): string[] {
  const [stubs, given] = [stubsOf(assignment), librariesOf(root, assignment)].map((texts) =>
    readable(texts.join('\n')),
  );
  const passages = textsIn([assignment.folders.reference]).flatMap((text) => [...passagesIn(text)]);
  return [...new Set(passages)].filter((passage) => given.includes(passage) && !stubs.includes(passage));
}

const librariesOf = (root: string, assignment: Assignment): string[] =>
  textsIn(handoutPackages(root, assignment).map((folder) => join(root, folder)));

/** What students get of the deliverables: without what is between BEGIN and END SOLUTION, if the reference has that. */
function stubsOf({ id, deliverables, folders }: Assignment): string[] {
  return deliverables
    .filter(({ path, binary }) => !binary && existsSync(join(folders.skeleton, path)))
    .map(({ path }) => {
      const reference = join(folders.reference, path);
      const solution =
        path.endsWith('.ts') && existsSync(reference) ? plainSource(readFileSync(reference, 'utf8')) : '';
      const shown = `reference/${id}/${path}`;
      return fencesIn(solution, shown).length > 0
        ? deriveSkeleton(solution, shown)
        : readFileSync(join(folders.skeleton, path), 'utf8');
    });
}

/** What must not be in a handout. */
const hiddenTexts = ({ folders: { reference, tests } }: Assignment): string[] => [
  ...textsIn([reference, join(tests, 'accepted'), join(tests, 'naive')]),
  ...suiteFiles(tests).map((file) => readFileSync(file, 'utf8')),
  ...[...readMutants(tests), ...readUnfair(tests)].flatMap(({ about, edits }) => [about, ...edits.flatMap(textsOf)]),
];

const textsOf = (edit: Mutant['edits'][number]): string[] => ('find' in edit ? [edit.find, edit.replace] : []);

/** All text files in folders, but not what is installed there. */
const textsIn = (folders: readonly string[]): string[] =>
  folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !relative(folder, entry.parentPath).includes('node_modules'))
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
    )
    .filter((text) => !text.includes('\0'));
