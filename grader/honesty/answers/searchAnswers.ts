import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import { compilingOwn } from '../../compile/ownMistake.ts';
import { bundlePrograms } from '../../compile/runtimeBundles.ts';
import { cacheFolder } from '../../host/files/cacheFolder.ts';
import type { Assignment } from '../../model/assignment.ts';
import { courseOf } from '../../model/courseOf.ts';
import { UsageError } from '../../model/errors.ts';
import type { Files } from '../../release/packFolder.ts';
import { writeHandoutIn } from '../writeHandoutIn.ts';

/** What a deliverable could import, and what a student can read; programs and tests only run. */
const MODULE = /^(?:vendor\/[^/]+\/)?src\/.*\.ts$/u;
/** Many times what the largest handout takes. */
const MOST_MS = 600_000;

const Found = z.strictObject({
  /** The answers that code in the handout computes, like `src/a.ts norm: batchNorm: y`. */
  found: z.array(z.string()),
  /** Those that it may compute. */
  onPurpose: z.array(z.string()),
  /** The hidden lines that it may contain. */
  sharedLines: z.array(z.string()),
});
type Found = z.infer<typeof Found>;

const NO_QUESTIONS: Found = { found: [], onPurpose: [], sharedLines: [] };

/** The assignment's file of questions, as messages name it. */
export const questionsOf = ({ id }: Assignment): string => `tests/${id}/questions.ts`;

export const hasQuestions = ({ folders }: Assignment): boolean => existsSync(join(folders.tests, 'questions.ts'));

/**
 * Calls every function that a handout's modules export with the values of the assignment's questions, in a process of its
 * own.
 *
 * @param files - of the handout; nothing is searched if there are none, and only what is allowed is read
 * @throws UsageError if the questions cannot be read
 */
export async function searchAnswers(root: string, assignment: Assignment, files: Files): Promise<Found> {
  if (!hasQuestions(assignment)) return NO_QUESTIONS;
  mkdirSync(cacheFolder(root), { recursive: true });
  // Here, installed packages are found.
  const folder = mkdtempSync(join(cacheFolder(root), 'answers-'));
  try {
    const handout = join(folder, 'handout');
    if (files.size > 0) writeHandoutIn(handout, files);
    const entries = {
      probe: join(root, 'grader/honesty/answers/probeProgram.ts'),
      questions: join(assignment.folders.tests, 'questions.ts'),
    };
    await compilingOwn(courseOf(assignment), undefined, () => bundlePrograms(root, entries, folder));
    const modules = [...files.keys()].filter((path) => MODULE.test(path));
    return await run(assignment, folder, [join(folder, 'questions.cjs'), handout, ...modules]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The hidden lines that a handout may contain.
 *
 * @throws UsageError if the questions cannot be read
 */
export const sharedLinesOf = async (root: string, assignment: Assignment): Promise<readonly string[]> =>
  (await searchAnswers(root, assignment, new Map())).sharedLines;

/** A mistake in a file, without the rest of what Node prints. */
const MISTAKE = /^\w*Error\b.*$/mu;

async function run(assignment: Assignment, folder: string, args: readonly string[]): Promise<Found> {
  const tsx = pathToFileURL(createRequire(join(folder, 'probe.cjs')).resolve('tsx')).href;
  try {
    const program = ['--import', tsx, join(folder, 'probe.cjs'), ...args];
    const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: folder, timeout: MOST_MS });
    return Found.parse(JSON.parse(stdout));
  } catch (error) {
    const { stderr = '', killed } = error as { stderr?: string; killed?: boolean };
    const why = killed ? 'the search took too long' : (MISTAKE.exec(stderr)?.[0] ?? (error as Error).message);
    throw new UsageError(`${questionsOf(assignment)}: ${why.split('\n')[0]}`);
  }
}
