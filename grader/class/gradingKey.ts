import { createHash } from 'node:crypto';
import { digestOfSources, sourceFiles } from '../assignments/sources.ts';
import type { Assignment } from '../model/assignment.ts';

/**
 * Digest of the grader, the libraries, and all of an assignment: a change of any of them, and work is graded again.
 *
 * @param root - the repository's folder
 */
export const programDigest = (root: string, assignment: Assignment): string =>
  digestOfSources(root, sourceFiles(root, assignment)).update(process.version).digest('hex');

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
