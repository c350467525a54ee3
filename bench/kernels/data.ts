import type { Real } from '@im2grade/nn';

/** Steps of the golden ratio on 32 bits: numbers that look random and are easy to generate in any language. */
const GOLDEN = 2654435761;

/** Fills with numbers in [−½, ½) that depend only on their position and `seed`. */
export function fill<Numbers extends Real>(values: Numbers, seed: number): Numbers {
  for (let i = 0; i < values.length; i++) values[i] = (Math.imul(i + seed, GOLDEN) >>> 0) / 2 ** 32 - 0.5;
  return values;
}

/** One seed for each array of a case. */
export const SEEDS = { a: 1, b: 1_000_003, image: 2, weights: 2_000_003, biases: 3, dOutput: 4_000_037 } as const;

export function sumOfSquares(...arrays: readonly Real[]): number {
  let sum = 0;
  for (const values of arrays) for (const value of values) sum += value * value;
  return sum;
}
