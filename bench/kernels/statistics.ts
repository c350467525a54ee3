import { median } from '../../grader/common/median.ts';
import { quantile } from '../../grader/common/quantile.ts';

/** The middle half of the values, as a share of the median. */
export const spread = (values: readonly number[]): number =>
  (quantile(values, 0.75) - quantile(values, 0.25)) / median(values);

/** Median of the ratios of values from the same round; of as many rounds as both have. NaN if there are none. */
export function medianRatio(numerators: readonly number[], denominators: readonly number[]): number {
  const rounds = Math.min(numerators.length, denominators.length);
  return median(Array.from({ length: rounds }, (_, round) => numerators[round] / denominators[round]));
}
