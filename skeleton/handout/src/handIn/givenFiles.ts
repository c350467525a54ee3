import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Assignment } from '../assignment.ts';
import { readInput } from '../readInput.ts';
import { type Problem, warning } from './Problem.ts';

/** SHA-256 of each given source by its path. */
export type GivenFiles = Readonly<Record<string, string>>;

export const GIVEN_FILES = 'given.json';

export const digestOf = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/**
 * The sources that came with the handout and are not handed in.
 *
 * @returns undefined in a folder that was not packed as a handout
 */
export function readGivenFiles(path: string): GivenFiles | undefined {
  return existsSync(path) ? readInput(path, z.record(z.string(), z.string()), 'a list of given files') : undefined;
}

/** A change of a given source has no effect when graded. */
export function changedFiles(given: GivenFiles, folder: string): Problem[] {
  const isChanged = (path: string) =>
    !existsSync(join(folder, path)) || digestOf(readFileSync(join(folder, path))) !== given[path];
  return Object.keys(given)
    .filter(isChanged)
    .map((path) => warning(`${path} is not as it was given; the grader uses its own copy`));
}

/** Whether a deliverable may import a file by its path in the folder. */
export const isHandedInOrGiven =
  ({ deliverables }: Assignment, given: GivenFiles | undefined) =>
  (path: string): boolean =>
    deliverables.some((deliverable) => deliverable.path === path) ||
    (given === undefined ? path.startsWith('src/') : Object.hasOwn(given, path));
