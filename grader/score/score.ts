import { type Assignment, type Criterion } from '../model/assignment.ts';
import { type Finding, isPending } from '../model/outcome.ts';
import type { Outcome, Totals } from '../model/report.ts';

/** Points are shown and summed to hundredths. */
const round = (points: number): number => Math.round(points * 100) / 100;

/**
 * Gives each finding the points of its rubric row: all, a share, or none.
 *
 * @param replay - the command that examines a criterion again on the same inputs
 */
export function scoreFindings(
  assignment: Assignment,
  findings: readonly Finding[],
  replay: (id: string) => string,
): Outcome[] {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  return assignment.rubric.flatMap(({ group, criteria }) =>
    criteria.flatMap((criterion) => {
      const finding = byId.get(criterion.id);
      return finding ? [outcomeOf(group, criterion, finding, replay(criterion.id))] : [];
    }),
  );
}

function outcomeOf(group: string, criterion: Criterion, finding: Finding, replay: string): Outcome {
  const { title, asks, kind, visibility, bonus, points } = criterion;
  const share = finding.status === 'passed' ? 1 : finding.status === 'partial' ? finding.credit : 0;
  return { ...finding, title, asks, group, kind, visibility, bonus, points, earned: round(points * share), replay };
}

/** Sums earned and possible over counted outcomes; pending points stand beside them, and nothing is rescaled. */
export function totalsOf(assignment: Assignment, outcomes: readonly Outcome[]): Totals {
  const regular = outcomes.filter(({ bonus }) => !bonus);
  const counted = regular.filter(({ status }) => !isPending(status));
  const pending = regular
    .filter(({ status }) => isPending(status))
    .map(({ id, points, status }) => ({ id, points, status }));
  const all = assignment.rubric.flatMap(({ criteria }) => criteria).filter(({ bonus }) => !bonus);
  const bonus = outcomes.filter((outcome) => outcome.bonus && !isPending(outcome.status));
  const sum = (values: readonly number[]): number => round(values.reduce((a, b) => a + b, 0));
  return {
    earned: sum(counted.map(({ earned }) => earned)),
    possible: sum(counted.map(({ points }) => points)),
    bonus: Math.min(assignment.bonus.cap, sum(bonus.map(({ earned }) => earned))),
    all: sum(all.map(({ points }) => points)),
    pending,
    provisional: pending.length > 0,
  };
}
