import { sumOf } from '../../common/round.ts';
import type { Totals } from '../../model/report.ts';

/**
 * Score and maximum for gradebooks that take a single number: earned points and bonus, after the late policy, out of
 * all points of the rubric. Pending points count as not earned yet, so they must be listed wherever this number is
 * shown.
 */
export function exportedScore({ earned, bonus, all, late }: Totals): { score: number; outOf: number } {
  return { score: late?.counts ?? sumOf([earned, bonus]), outOf: all };
}
