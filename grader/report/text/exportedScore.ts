import type { Totals } from '../../model/report.ts';

/**
 * The one number that a gradebook takes, of how many: earned points and bonus of all points of the rubric. Pending points
 * count as not earned yet, so whoever shows this number names them beside it. Of late work it is what counts.
 */
export function exportedScore({ earned, bonus, all, late }: Totals): { score: number; outOf: number } {
  return { score: late?.counts ?? Math.round((earned + bonus) * 100) / 100, outOf: all };
}
