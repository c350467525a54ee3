import { derivedFiles } from '../authoring/syncSkeleton.ts';
import type { Assignment } from '../model/assignment.ts';
import { handoutFiles } from '../release/handoutFiles.ts';
import type { Files } from '../release/packFolder.ts';
import { sharedLinesOf } from './answers/searchAnswers.ts';
import type { Check } from './Check.ts';
import { leaksIn } from './leaks.ts';
import { undeclaredImports } from './undeclaredImports.ts';

/** What students get: stubs of the reference, and nothing hidden. */
export const handoutChecks = (root: string, assignment: Assignment): Check[] => [
  {
    group: 'handout',
    name: 'the stubs are derived from the reference, if that has BEGIN and END SOLUTION',
    run: async () => staleStubs(root, assignment),
  },
  {
    group: 'handout',
    name: 'nothing hidden is in it: no line of the reference, the suites or the mutants',
    run: () => leaks(root, assignment),
  },
  {
    group: 'handout',
    name: 'it stands alone: every package of the repository that it names is in it',
    run: async () =>
      missingPackages(assignment, handoutFiles(root, assignment)).map((name) => `it names @im2grade/${name}`),
  },
  {
    group: 'handout',
    name: 'every package that its own files import is in its package.json, or a part of Node',
    run: async () => undeclaredImports(handoutFiles(root, assignment)),
  },
];

async function staleStubs(root: string, assignment: Assignment): Promise<string[]> {
  const stale = (await derivedFiles(root, assignment)).filter(({ isStale }) => isStale);
  return stale.map(
    ({ path }) => `skeleton/${assignment.id}/${path} is not what follows: grade new ${assignment.id} --sync`,
  );
}

async function leaks(root: string, assignment: Assignment): Promise<string[]> {
  const found = leaksIn(root, assignment, handoutFiles(root, assignment));
  if (found.length === 0) return [];
  const allowed = await sharedLinesOf(root, assignment);
  return found
    .filter(({ passage }) => !allowed.includes(passage))
    .map(({ path, passage }) => `hidden, and handed out in ${path}: ${passage.replaceAll('\n', ' ')}`);
}

/** Packages of the repository that a handout's files name and that are not among them. */
export function missingPackages({ id }: Assignment, files: Files): string[] {
  const packed = [id, ...[...files.keys()].flatMap((path) => /^vendor\/([^/]+)\//u.exec(path)?.[1] ?? [])];
  const texts = [...files.values()].map((content) => Buffer.from(content).toString('utf8'));
  const named = texts.flatMap((text) => [...text.matchAll(/@im2grade\/([\w-]+)/gu)].map(([, name]) => name));
  return [...new Set(named)].filter((name) => !packed.includes(name));
}
