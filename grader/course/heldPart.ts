import type { ScoreReport } from '../model/report.ts';

/**
 * The part of a published report that has these criteria: what is published does not change because some of it is
 * examined again.
 *
 * @param criteria - the ids that `only` selects
 * @returns undefined if some of them were not examined for it
 */
export function heldPart(
  report: ScoreReport,
  criteria: readonly string[],
  only: readonly string[],
): ScoreReport | undefined {
  const outcomes = report.outcomes.filter(({ id }) => criteria.includes(id));
  if (outcomes.length < criteria.length) return undefined;
  if (outcomes.length === report.outcomes.length) return report;
  return { ...report, outcomes, grading: { ...report.grading, only: [...only] } };
}
