import { createRandom } from '@im2grade/nn';
import type { Real } from '@im2grade/nn';

/** Makes the arrays of one case. The same case (geometry and seed) always gets the same numbers. */
export interface RandomData {
  /** Uniform in ±1 with full mantissas and no zero, so that a missing copy and a rounding both show. */
  real(length: number, dtype?: 'float64' | 'float32'): Real;
}

/**
 * A generator named by the case: shrinking changes the geometry only, and each geometry has its own numbers.
 *
 * @param shape - anything that identifies the case; its JSON is hashed into the seed
 *
 * @example
 * ```ts
 * const { real } = randomData(seed, { N: 2, D: 3 });
 * const [x, weights] = [real(6), real(3, 'float32')];
 * ```
 */
export function randomData(seed: number, shape: unknown): RandomData {
  const random = createRandom(hash(`${seed} ${JSON.stringify(shape)}`));
  return {
    real(length, dtype = 'float64') {
      const values = dtype === 'float64' ? new Float64Array(length) : new Float32Array(length);
      for (let i = 0; i < length; i++) values[i] = random.uniform(0.05, 1) * (random.uniform(0, 1) < 0.5 ? -1 : 1);
      return values;
    },
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
