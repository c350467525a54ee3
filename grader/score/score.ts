import { type Assignment, type Criterion, criteriaOf } from '../model/assignment.ts';
import { type Finding, isPending } from '../model/outcome.ts';
import type { Outcome, Totals } from '../model/report.ts';
import type { HandInTimes } from './handInTimes.ts';
import { applyLatePolicy } from './applyLatePolicy.ts';
import { shareOf, sumOf } from '../common/round.ts';

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
  return { ...finding, title, asks, group, kind, visibility, bonus, points, earned: shareOf(points, share), replay };
}

/**
 * Sums earned and possible over counted outcomes; pending points are separate, and nothing is rescaled.
 *
 * @param times - if known: late work keeps its earned points, and what counts of them is given separately
 */
export function totalsOf(assignment: Assignment, outcomes: readonly Outcome[], times?: HandInTimes): Totals {
  const regular = outcomes.filter(({ bonus }) => !bonus);
  const counted = regular.filter(({ status }) => !isPending(status));
  const pending = regular
    .filter(({ status }) => isPending(status))
    .map(({ id, points, status }) => ({ id, points, status }));
  // What was examined is worth what it was worth then: a published score does not change with the rubric.
  const examined = new Set(outcomes.map(({ id }) => id));
  const others = criteriaOf(assignment).filter(({ id, bonus }) => !bonus && !examined.has(id));
  const earned = earnedOf(counted);
  const bonus = bonusOf(assignment, outcomes);
  const late = times && applyLatePolicy(assignment.late, times, sumOf([earned, bonus]));
  return {
    earned,
    possible: sumOf(counted.map(({ points }) => points)),
    bonus,
    all: sumOf([...regular, ...others].map(({ points }) => points)),
    pending,
    provisional: pending.length > 0,
    ...(late ? { late } : {}),
  };
}

/** The bonus that counts: up to the cap and, if the assignment says so, up to the maximum of each part. */
function bonusOf({ bonus: { cap, withinMaximum }, rubric }: Assignment, outcomes: readonly Outcome[]): number {
  const counted = outcomes.filter(({ status }) => !isPending(status));
  if (!withinMaximum) return Math.min(cap, earnedOf(counted.filter(({ bonus }) => bonus)));
  const parts = [...new Set(rubric.map(({ part }) => part))].map((part) => {
    const groups = rubric.filter((group) => group.part === part);
    const criteria = groups.flatMap(({ criteria }) => criteria);
    const ids = new Set(criteria.map(({ id }) => id));
    const own = counted.filter(({ id }) => ids.has(id));
    const most = sumOf(criteria.map(({ bonus, points }) => (bonus ? 0 : points)));
    const room = sumOf([most, -earnedOf(own.filter(({ bonus }) => !bonus))]);
    return Math.min(room, earnedOf(own.filter(({ bonus }) => bonus)));
  });
  return Math.min(cap, sumOf(parts));
}

const earnedOf = (outcomes: readonly Outcome[]): number => sumOf(outcomes.map(({ earned }) => earned));
