import type { Assignment, Criterion, Deliverable } from './assignment.ts';

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

export function summarise(assignment: Assignment): AssignmentSummary {
  const { id, title, version, deliverables } = assignment;
  const groups = assignment.rubric.map(({ group, criteria }) => ({
    group,
    points: sum(criteria.filter(({ bonus }) => !bonus)),
    bonus: sum(criteria.filter(({ bonus }) => bonus)),
  }));
  const points = round(groups.reduce((total, group) => total + group.points, 0));
  return { id, title, version, deliverables, groups, points, bonus: assignment.bonus.cap };
}

/** With weights, points of single criteria are not round numbers; their sums are. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6;
const sum = (criteria: readonly Criterion[]): number =>
  round(criteria.reduce((total, { points }) => total + points, 0));
