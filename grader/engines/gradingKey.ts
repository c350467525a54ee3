import { createHash } from 'node:crypto';
import { digestOfFiles, digestOfSources, type Source, sourceFiles } from '../assignments/sources.ts';
import { type Assignment, criteriaOf } from '../model/assignment.ts';

/**
 * Digest of the grader, the libraries, and everything that belongs to an assignment: if any of them changes, work is
 * graded again.
 *
 * @param root - the repository's folder
 */
export const programDigest = (root: string, assignment: Assignment): string =>
  digestOfSources(root, sourceFiles(root, assignment)).update(process.version).digest('hex');

/** The digests of an assignment's own sources, and of the grader with its libraries. */
export interface ProgramDigests {
  readonly assignment: string;
  readonly grader: string;
}

/**
 * As `programDigest`, but separately: a changed score can be explained by what changed. What results are worth and how
 * criteria are called is in neither: it changes no examination.
 *
 * @param root - the repository's folder
 */
export function programDigests(root: string, assignment: Assignment): ProgramDigests {
  const isOwn = ({ name }: Source) => name.split('/')[1] === assignment.id;
  const isFile = ({ name }: Source) => name !== `skeleton/${assignment.id}/assignment.yaml`;
  const files = sourceFiles(root, assignment);
  const others = files.filter((file) => !isOwn(file));
  const own = digestOfFiles(files.filter(isOwn).filter(isFile));
  return {
    assignment: digestOf([own, JSON.stringify(examinedPart(assignment))]).toString('hex'),
    grader: digestOfSources(root, others).update(process.version).digest('hex'),
  };
}

/** What of an assignment decides how work is examined. */
function examinedPart(whole: Assignment) {
  const { title: _1, bonus: _2, late: _3, weights: _4, folders: _5, leaderboard: _6, ...assignment } = whole;
  const criteria = criteriaOf(assignment).map(
    ({ title: _1, asks: _2, points: _3, bonus: _4, ...examined }) => examined,
  );
  return { ...assignment, rubric: criteria };
}

/** Digest of what results are worth and how criteria are called: what `reweigh` renews in a report. */
export const rubricDigest = ({ title, version, rubric }: Assignment): string =>
  digestOf([title, String(version), JSON.stringify(rubric)]).toString('hex');

/** Everything that determines a grading's result, except timing. */
export interface GradingParts {
  readonly submission: string;
  readonly program: ProgramDigests;
  readonly gemm: string;
  readonly isolation: string;
  readonly seed: number;
  /** The criteria's ids. */
  readonly criteria: readonly string[];
}

/** The name of a grading: gradings of the same name have the same result. */
export const gradingKey = ({ submission, program, gemm, isolation, seed, criteria }: GradingParts): string =>
  digestOf([submission, program.assignment, program.grader, gemm, isolation, String(seed), ...criteria]).toString(
    'hex',
  );

/**
 * A submission's own seed: the same for the same work in the same class, no matter who hands it in or when it is
 * graded.
 */
export const seedOf = (classSeed: number, submission: string): number =>
  1 + (digestOf([String(classSeed), submission]).readUInt32LE() % (2 ** 31 - 1));

const digestOf = (parts: readonly string[]): Buffer => createHash('sha256').update(JSON.stringify(parts)).digest();
