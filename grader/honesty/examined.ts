import { type Assignment, criteriaOf, type Criterion } from '../model/assignment.ts';
import type { Finding } from '../model/outcome.ts';

/** Labels list criteria of correctness and form; the loss of speed and accuracy follows from it. */
const EXAMINED: readonly string[] = ['correctness', 'policy'];

/** Whether a label must list a criterion. */
export const isExamined = ({ kind, notMeasurable }: Criterion): boolean =>
  EXAMINED.includes(kind) && notMeasurable === undefined;

/** The kinds of an assignment's criteria that labels list. */
export const examinedKinds = (assignment: Assignment): string[] =>
  EXAMINED.filter((kind) => criteriaOf(assignment).some((criterion) => criterion.kind === kind));

/** An outcome of a grading, or a finding of an examination. */
export type Outcome = Pick<Finding, 'id' | 'status' | 'reason'>;

const NOT_LOST = ['passed', 'not-measurable', 'inconclusive', 'manual'];

export const lostOf = <T extends Pick<Finding, 'status'>>(outcomes: readonly T[]): T[] =>
  outcomes.filter(({ status }) => !NOT_LOST.includes(status));

/** An outcome in one line. */
export const lineOf = ({ id, status, reason }: Outcome): string =>
  `${id} is ${status}${reason === '' ? '' : `: ${reason.split('\n')[0]}`}`;
