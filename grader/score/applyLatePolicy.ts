import type { LatePolicy } from '../model/latePolicy.ts';
import type { Lateness } from '../model/report.ts';
import type { HandInTimes } from './handInTimes.ts';
import { round } from './round.ts';

/**
 * Applies the late policy to a total. Earned points are unchanged; the points that count are given separately.
 *
 * @param policy - without one, lateness is reported and costs nothing
 * @param total - earned points and bonus
 * @returns undefined for work that was in time
 */
export function applyLatePolicy(
  policy: LatePolicy | undefined,
  { dueAt, handedInAt }: HandInTimes,
  total: number,
): Lateness | undefined {
  const seconds = (Date.parse(handedInAt) - Date.parse(dueAt)) / 1000;
  if (seconds <= 0) return undefined;
  const keep = policy ? (policy.find(({ within }) => seconds <= within)?.keep ?? 0) : 1;
  return { dueAt, handedInAt, seconds, keep, counts: round(total * keep) };
}
