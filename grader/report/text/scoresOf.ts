import type { ClassRow } from '../../model/classReport.ts';

/** Earned points of each submission that has a score. */
export const scoresOf = (rows: readonly ClassRow[]): number[] =>
  rows.flatMap(({ totals }) => (totals ? [totals.earned] : []));
