import type { ClassReport } from '../../model/classReport.ts';

/** Earned points, the least first; submissions without a score are left out. */
export const scoresOf = ({ rows }: ClassReport): number[] =>
  rows.flatMap(({ totals }) => (totals ? [totals.earned] : [])).sort((a, b) => a - b);

/** The least of `sorted` that at least this share of them does not exceed. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
