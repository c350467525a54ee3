import { after } from '../common/time.ts';
import type { LatePolicy } from '../model/latePolicy.ts';
import type { Lateness } from '../model/report.ts';
import type { HandInTimes } from './handInTimes.ts';
import { shareOf } from '../common/round.ts';

/**
 * Applies the late policy to a total. Earned points are unchanged; the points that count are given separately.
 *
 * Slip days are spent without being asked for: as few as keep the largest share, and none if they change nothing.
 *
 * @param policy - without one, lateness is reported and costs nothing
 * @param total - earned points and bonus
 * @returns undefined for work that was in time, or within the grace
 */
export function applyLatePolicy(
  policy: LatePolicy | undefined,
  times: HandInTimes,
  total: number,
): Lateness | undefined {
  const { dueAt, handedInAt, slipDays = 0 } = times;
  if (keepOf(NOTHING_KEPT, times, 0) === 1) return undefined;
  const keeps = Array.from({ length: slipDays + 1 }, (_, days) => keepOf(policy, times, days));
  const keep = Math.max(...keeps);
  const spent = keeps.indexOf(keep);
  return {
    ...times,
    seconds: (Date.parse(handedInAt) - Date.parse(dueAt)) / 1000,
    keep,
    counts: shareOf(total, keep),
    ...(spent > 0 && { slipDaysUsed: spent }),
  };
}

const NOTHING_KEPT: LatePolicy = [];

/** The share that is kept if the due date is `days` later. */
function keepOf(policy: LatePolicy | undefined, times: HandInTimes, days: number): number {
  const { dueAt, handedInAt, zone = 'UTC', grace = { days: 0, seconds: 0 } } = times;
  const due = { at: after({ at: dueAt, zone }, { days, seconds: 0 }), zone };
  const isBy = (moment: string): boolean => Date.parse(handedInAt) <= Date.parse(moment);
  if (isBy(after(due, grace)) || policy === undefined) return 1;
  return policy.find(({ within }) => isBy(after(due, within)))?.keep ?? 0;
}
