import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findAssignment } from '../../../grader/assignments/findAssignments.ts';
import { packed, unpacked } from '../../../grader/similar/tokens/packed.ts';
import { canonicalTokens } from '../../../grader/similar/tokens/canonicalTokens.ts';
import { gramsOf } from '../../../grader/similar/fingerprints.ts';
import { disguise } from './disguise.ts';

/** A right solution of one deliverable. */
export interface Solution {
  readonly name: string;
  readonly text: string;
}

/** `gradeFiles` has it, too, and needs Jest: the benchmark has none. */
const ROOT = join(import.meta.dirname, '../../..');
const BY_HAND = join(import.meta.dirname, 'byHand');

export const tokensOf = (text: string): Int32Array => unpacked(packed(canonicalTokens(text)));

/** Grams of a deliverable's skeleton. */
export const givenIn = (assignment: string, file: string): Set<number> =>
  new Set(gramsOf(tokensOf(readFileSync(join(ROOT, 'skeleton', assignment, 'src', file), 'utf8'))));

/** The reference's text of a deliverable. */
export const referenceOf = (assignment: string, file: string): string =>
  readFileSync(join(ROOT, 'reference', assignment, 'src', file), 'utf8');

/** This one is the reference with other names for what it imports: it is a disguise itself. */
const REWRITTEN = 'names-of-a-namespace';

/**
 * The reference and all solutions that the assignment accepts, which were written to be different. Those in `examples/` are
 * the reference, one of them with a mistake.
 */
export function independentSolutions(assignment: string, file: string): Solution[] {
  const { tests, reference } = findAssignment(ROOT, assignment).folders;
  const accepted = join(tests, 'accepted');
  const folders = readdirSync(accepted).filter((name) => name !== REWRITTEN);
  return [
    { name: 'reference', path: join(reference, 'src', file) },
    ...folders.map((name) => ({ name, path: join(accepted, name, 'src', file) })),
  ]
    .filter(({ path }) => existsSync(path))
    .map(({ name, path }) => ({ name, text: readFileSync(path, 'utf8') }));
}

/** All sources of a right solution, as tokens by file. */
export interface SolutionWork {
  readonly name: string;
  readonly texts: ReadonlyMap<string, Int32Array>;
}

/** The same solutions with all of their deliverables that are sources: most have written only some of them anew. */
export function independentWorks(assignment: string): SolutionWork[] {
  const works = new Map<string, Map<string, Int32Array>>();
  for (const file of sourcesOf(assignment))
    for (const { name, text } of independentSolutions(assignment, file))
      works.set(name, (works.get(name) ?? new Map<string, Int32Array>()).set(file, tokensOf(text)));
  return [...works].map(([name, texts]) => ({ name, texts }));
}

/** The deliverables of an assignment that are sources. */
export const sourcesOf = (assignment: string): string[] =>
  findAssignment(ROOT, assignment).deliverables.flatMap(({ path }) =>
    path.startsWith('src/') ? [path.slice('src/'.length)] : [],
  );

/** Twenty disguises of the reference's `Im2MatLayer.ts`: some by hand, the others by machine. */
export function disguises(): Solution[] {
  const byHand = readdirSync(BY_HAND).map((name) => ({ name, text: readFileSync(join(BY_HAND, name), 'utf8') }));
  const text = referenceOf('conv2d-gemm', 'Im2MatLayer.ts');
  const byMachine = Array.from({ length: 20 - byHand.length }, (_, seed) => ({
    name: `seed ${seed}`,
    text: disguise(text, seed),
  }));
  return [...byHand, ...byMachine];
}
