import type { Assignment } from '../model/assignment.ts';

/** A submission that cannot be graded, for importers that need a result all the same. */
export interface Refusal {
  readonly assignment: Pick<Assignment, 'id' | 'title' | 'rubric'>;
  /** How the user named the submission. */
  readonly submission: string;
  /** What is wrong with it, in the student's terms. */
  readonly message: string;
}
