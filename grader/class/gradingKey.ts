import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The folders on which a grading's result depends, beside the submission. */
const SOURCES = (assignmentId: string): string[] => [
  ...['grader', 'data/src', 'tests/kit', 'skeleton/nn/src'],
  ...['skeleton', 'reference', 'tests'].map((room) => `${room}/${assignmentId}`),
];

/** What decides; pictures and prose do not. */
const DECISIVE = /\.(?:ts|json|yaml)$/u;
/** What proves the grader, and is no part of it. */
const PROOFS = /(?:^|\/)(?:mutants|accepted|attacks|test)\/|\.test\.ts$/u;

/**
 * Digest of the grader, the library, and all of an assignment: a change of any of them, and work is graded again.
 *
 * @param root - the repository's folder
 */
export function programDigest(root: string, assignmentId: string): string {
  const hash = createHash('sha256')
    .update(process.version)
    .update(readFileSync(join(root, 'package-lock.json')));
  for (const folder of SOURCES(assignmentId)) {
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .filter((file) => DECISIVE.test(file) && !PROOFS.test(file))
      .sort();
    for (const file of files)
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(root, file)))
        .update('\0');
  }
  return hash.digest('hex');
}

/** All that a grading's result follows from, besides the time that it takes. */
export interface GradingParts {
  readonly submission: string;
  readonly program: string;
  readonly gemm: string;
  readonly isolation: string;
  readonly seed: number;
  /** The criteria's ids. */
  readonly criteria: readonly string[];
}

/** The name of a grading: two of the same name come to the same. */
export const gradingKey = ({ submission, program, gemm, isolation, seed, criteria }: GradingParts): string =>
  digestOf([submission, program, gemm, isolation, String(seed), ...criteria]).toString('hex');

/** A submission's own seed: the same for the same work in the same class, whoever hands it in and whenever it is graded. */
export const seedOf = (classSeed: number, submission: string): number =>
  1 + (digestOf([String(classSeed), submission]).readUInt32LE() % (2 ** 31 - 1));

const digestOf = (parts: readonly string[]): Buffer => createHash('sha256').update(JSON.stringify(parts)).digest();
