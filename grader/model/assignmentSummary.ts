import type { Deliverable } from './assignment.ts';

/** A summary of an assignment: what is handed in, and what it is worth. */
export interface AssignmentSummary {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly deliverables: readonly Deliverable[];
  readonly groups: readonly { readonly group: string; readonly points: number; readonly bonus: number }[];
  readonly points: number;
  /** Cap of the bonus points. */
  readonly bonus: number;
}
