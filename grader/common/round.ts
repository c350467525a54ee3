import Big from 'big.js';

/**
 * Points to hundredths, half a hundredth up, as a person computes them: 1.005 is 1.01, although the nearest binary
 * number is smaller.
 */
export const round = (points: number): number => new Big(points).round(2, Big.roundHalfUp).toNumber();

/** `sumOf([0.1, 0.2])` is 0.3. */
export function sumOf(points: readonly number[]): number {
  const cents = points.map((each) => Math.round(each * 100));
  // Points nearly always are whole hundredths, and whole numbers are added exactly.
  if (cents.every((each, at) => each / 100 === points[at])) return cents.reduce((sum, each) => sum + each, 0) / 100;
  return points
    .reduce((sum, each) => sum.plus(each), new Big(0))
    .round(2, Big.roundHalfUp)
    .toNumber();
}

/** What criteria are worth together: `worthOf([{ points: 0.05 }, { points: 3 }])` is 3.05. */
export const worthOf = (criteria: readonly { readonly points: number }[]): number =>
  sumOf(criteria.map(({ points }) => points));

/** `shareOf(2.3, 0.35)` is 0.81: the product is exact before it is rounded. */
export const shareOf = (points: number, share: number): number =>
  new Big(points).times(share).round(2, Big.roundHalfUp).toNumber();
