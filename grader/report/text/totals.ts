import { groupBy } from '../../common/groupBy.ts';
import { sumOf, worthOf } from '../../common/round.ts';
import type { Lateness, Outcome, ScoreReport, Totals } from '../../model/report.ts';
import { isPending } from '../../model/outcome.ts';
import { count, points } from './numbers.ts';
import { printableLine } from './printable.ts';

/** `71 of 85, 15 pending: motivation 5, scaling 10`, what the class gave, what was deducted, how much of it counts if it is late, and what was not examined. */
export function totalsLine(totals: Totals): string {
  const parts = [`${points(totals.earned)} of ${points(totals.possible)}`];
  if (totals.awarded)
    parts.push(`${points(totals.awarded.points)} bonus by the class (${printableLine(totals.awarded.note)})`);
  if (totals.deducted)
    parts.push(`${points(totals.deducted.points)} deducted (${printableLine(totals.deducted.note)})`);
  if (totals.late) parts.push(lateText(totals.late));
  if (totals.pending.length > 0)
    parts.push(`${points(pendingPoints(totals))} pending: ${pendingNames(totals).join(', ')}`);
  const left = notExamined(totals);
  if (left > 0) parts.push(`${points(left)} not examined`);
  return parts.join(', ');
}

/** `late by 2 days: 50 % counts, 35.5 points`; slip days that were spent on it come first. */
export const lateText = ({ seconds, keep, counts, slipDaysUsed = 0 }: Lateness): string =>
  `late by ${span(seconds)}${slipDaysUsed > 0 ? `, ${count(slipDaysUsed, 'slip day')} spent` : ''}: ${keep === 0 ? 'nothing counts' : `${points(keep * 100)} % counts, ${points(counts)} points`}`;

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** The largest unit that is at least 1 and the next smaller one, rounded down: `2 days 5 hours`. */
function span(seconds: number): string {
  let left = Math.max(1, Math.floor(seconds));
  const first = UNITS.findIndex(([, length]) => left >= length);
  const words = UNITS.slice(first, first + 2).map(([unit, length]) => {
    const n = Math.floor(left / length);
    left -= n * length;
    return n > 0 ? count(n, unit) : '';
  });
  return words.filter(Boolean).join(' ');
}

export function pendingPoints(totals: Totals): number {
  return worthOf(totals.pending);
}

/** Points of the rubric that this grading did not examine. */
export function notExamined(totals: Totals): number {
  return Math.max(0, sumOf([totals.all, -totals.possible, -pendingPoints(totals)]));
}

/** Each pending criterion with its points, by the last word of its id, or by the whole id if two share it. */
function pendingNames(totals: Totals): string[] {
  const last = (id: string): string => id.slice(id.lastIndexOf('.') + 1);
  return totals.pending.map(({ id, points: worth }) => {
    const shared = totals.pending.filter((other) => last(other.id) === last(id)).length > 1;
    return `${shared ? id : last(id)} ${points(worth)}`;
  });
}

export interface GroupScore {
  readonly group: string;
  readonly outcomes: readonly Outcome[];
  readonly earned: number;
  readonly possible: number;
  readonly pending: number;
}

/** The outcomes by group, in the order of the rubric. */
export function groupsOf(report: ScoreReport): GroupScore[] {
  return [...groupBy(report.outcomes, ({ group }) => group)].map(([group, outcomes]) => ({
    group,
    outcomes,
    ...scoreOf(outcomes),
  }));
}

/** Sums of some outcomes, like the totals: counted ones in earned and possible, pending ones separately, no bonus. */
export function scoreOf(outcomes: readonly Outcome[]): { earned: number; possible: number; pending: number } {
  const regular = outcomes.filter(({ bonus }) => !bonus);
  const worth = (isWanted: boolean) => worthOf(regular.filter(({ status }) => isPending(status) === isWanted));
  return { earned: sumOf(regular.map(({ earned }) => earned)), possible: worth(false), pending: worth(true) };
}
