import Big from 'big.js';

/**
 * Points to hundredths, half a hundredth up, as a person computes them: 1.005 is 1.01, although the nearest binary
 * number is smaller.
 */
export const round = (points: number): number => new Big(points).round(2, Big.roundHalfUp).toNumber();

/** `sumOf([0.1, 0.2])` is 0.3. */
export const sumOf = (points: readonly number[]): number =>
  points
    .reduce((sum, each) => sum.plus(each), new Big(0))
    .round(2, Big.roundHalfUp)
    .toNumber();

/** `shareOf(2.3, 0.35)` is 0.81: the product is exact before it is rounded. */
export const shareOf = (points: number, share: number): number =>
  new Big(points).times(share).round(2, Big.roundHalfUp).toNumber();
