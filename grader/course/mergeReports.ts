import { isTimed } from '../grade/passes.ts';
import { type Assignment, criteriaOf } from '../model/assignment.ts';
import type { ScoreReport } from '../model/report.ts';
import { totalsOf } from '../score/score.ts';

/**
 * Merges the reports of gradings that examined different criteria of one submission.
 *
 * @param reports - at least one
 */
export function mergeReports(assignment: Assignment, reports: readonly ScoreReport[]): ScoreReport {
  const [first, ...others] = reports;
  if (others.length === 0) return first;
  const place = new Map(criteriaOf(assignment).map(({ id }, index) => [id, index]));
  const outcomes = reports.flatMap((report) => report.outcomes).sort((a, b) => place.get(a.id)! - place.get(b.id)!);
  const seconds: Record<string, number> = {};
  for (const report of reports)
    for (const [name, value] of Object.entries(report.grading.seconds)) seconds[name] = (seconds[name] ?? 0) + value;
  // Of the machine that measured times, if one did.
  const timed = reports.find((report) => report.outcomes.some(({ kind }) => isTimed(kind)));
  return {
    ...first,
    environment: (timed ?? first).environment,
    grading: { ...first.grading, seconds },
    totals: totalsOf(assignment, outcomes),
    outcomes,
  };
}
