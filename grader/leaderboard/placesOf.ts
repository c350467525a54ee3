import { sumOf, round } from '../common/round.ts';
import type { LeaderboardRules } from '../model/leaderboardRules.ts';
import { isExact, type Standing } from './Standing.ts';

/** What a standing comes to. */
export interface Place {
  /** From 1; undefined if the value is not known well enough for one. */
  readonly place: number | undefined;
  /** Points that the place is worth. */
  readonly due: number;
}

/**
 * The places of a class. Equal values share the better place, and the places after it are left out: 1, 2, 2, 4.
 *
 * @param standings - those that are open are passed over: the person who decides sees them
 * @example
 *   placesOf(rules, standings); // [{ place: 1, due: 0.5 }, { place: undefined, due: 0 }]
 */
export function placesOf(rules: LeaderboardRules, standings: readonly Standing[]): Place[] {
  const exact = standings.filter(isExact).map(({ high }) => high);
  const unsure = Math.max(-Infinity, ...standings.filter(isUnsure).map(({ high }) => high));
  return standings.map((standing) => {
    if (!isExact(standing) || standing.high <= unsure) return { place: undefined, due: 0 };
    const place = 1 + exact.filter((other) => other > standing.high).length;
    const equals = exact.filter((other) => other === standing.high).length;
    return { place, due: bonusFor(rules, place, equals) };
  });
}

const isUnsure = (standing: Standing): boolean => standing.open === '' && !isExact(standing);

/** @param equals - number of those who share the place */
function bonusFor({ bonus, ties }: LeaderboardRules, place: number, equals: number): number {
  const taken = bonus.slice(place - 1, ties === 'share' ? place : place - 1 + equals);
  return ties === 'share' ? (taken[0] ?? 0) : round(sumOf(taken) / equals);
}

/**
 * Whether the value of some work may decide a place that is worth something, and is not known well enough.
 *
 * @param standings - of the class
 */
export function mayHavePlace(
  { bonus }: LeaderboardRules,
  standings: readonly Standing[],
): (standing: Standing) => boolean {
  const exact = standings.filter(isExact).map(({ high }) => high);
  const least = exact.sort((a, b) => b - a)[bonus.length - 1] ?? -Infinity;
  return (standing) => !isExact(standing) && standing.high >= least;
}
