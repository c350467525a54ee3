import type { Assignment, Criterion } from '../model/assignment.ts';
import type { AssignmentSummary } from '../model/assignmentSummary.ts';

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
