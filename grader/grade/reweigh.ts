import { type Assignment, criteriaOf } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import type { Outcome, ScoreReport } from '../model/report.ts';
import { scoreFindings, totalsOf } from '../score/score.ts';

/**
 * A saved report with the points, weights and titles that its assignment has now. Nothing is examined again: results
 * and evidence stay as they are.
 *
 * @throws UsageError if more has changed than what a result is worth
 */
export function reweigh(assignment: Assignment, report: ScoreReport): ScoreReport {
  requireSameCriteria(assignment, report);
  const before = new Map(report.outcomes.map((outcome) => [outcome.id, outcome]));
  const outcomes = scoreFindings(assignment, report.outcomes.map(findingOf), (id) => before.get(id)!.replay).map(
    (outcome) => ({ ...outcome, ...givenTo(before.get(outcome.id)!) }),
  );
  const { id, title, version } = assignment;
  return {
    ...report,
    assignment: { id, title, version },
    totals: totalsOf(assignment, outcomes, report.totals.late),
    outcomes,
  };
}

const givenTo = ({ given }: Outcome) => (given ? { given } : {});

const findingOf = ({ id, status, credit, reason, substituted, seconds, evidence, publicFailure }: Outcome) => ({
  ...{ id, status, credit, reason, substituted, seconds, evidence },
  ...(publicFailure && { publicFailure }),
});

function requireSameCriteria(assignment: Assignment, { assignment: about, outcomes, grading }: ScoreReport): void {
  if (about.id !== assignment.id)
    throw new UsageError(
      `the report is of ${about.id}, and not of ${assignment.id}; name a report of ${assignment.id}`,
    );
  const now = new Map(criteriaOf(assignment).map((criterion) => [criterion.id, criterion]));
  for (const { id, kind } of outcomes) {
    if (!now.has(id)) throw new UsageError(`${assignment.id} no longer has ${id}; grade again`);
    if (now.get(id)!.kind !== kind) throw new UsageError(`${id} is examined in another way now; grade again`);
  }
  const examined = new Set(outcomes.map(({ id }) => id));
  const added = [...now.keys()].find((id) => !examined.has(id));
  if (grading.only.length === 0 && added !== undefined)
    throw new UsageError(`${added} is new in ${assignment.id}; grade again`);
}
