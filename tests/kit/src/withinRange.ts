import type { NumberRange } from '@im2grade/grader/model/numberRange.ts';
import type { Real } from '@im2grade/nn';

/**
 * Numbers in a range that are as large or small as the given ones, and of the same type.
 *
 * @param row - the size of the last axis
 *
 * @example
 * ```ts
 * withinRange('probabilities', Float64Array.of(-1, 3), 2); // Float64Array.of(0.25, 0.75)
 * ```
 */
export function withinRange(range: NumberRange, values: Real, row: number): Real {
  const sizes = values.map(Math.abs);
  if (range === 'not-negative') return sizes;
  const positive = sizes.map((size) => size || 1);
  if (range === 'probabilities')
    for (let start = 0; start < positive.length; start += row) normalise(positive.subarray(start, start + row));
  return positive;
}

function normalise(row: Real): void {
  let sum = 0;
  for (const value of row) sum += value;
  for (let i = 0; i < row.length; i++) row[i] /= sum;
}
