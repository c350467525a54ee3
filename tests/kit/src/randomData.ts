import { createRandom, type Random, type Real } from '@im2grade/nn';

/** Makes the arrays of one case. The same case (geometry and seed) always gets the same numbers. */
export interface RandomData {
  /** Uniform in ±1 with full mantissas and no zero, so that a missing copy and a rounding both show. */
  real(length: number, dtype?: Dtype): Real;
}

type Dtype = 'float64' | 'float32';

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
  return { real: (length, dtype) => filled(length, dtype, () => ordinary(random)) };
}

/**
 * Numbers that `randomData` never makes: every array is of one kind, which follows from the case.
 *
 * @example
 * ```ts
 * const { real } = unusualData(seed, { N: 2, D: 3 });
 * const x = real(6); // perhaps numbers of about 1e-9
 * ```
 */
export function unusualData(seed: number, shape: unknown): RandomData {
  const random = createRandom(hash(`${seed} unusual ${JSON.stringify(shape)}`));
  return {
    real(length, dtype) {
      const number = KINDS[random.integer(KINDS.length)];
      return filled(length, dtype, () => number(random));
    },
  };
}

/**
 * As `randomData`, but one number of each array is a thousand times as large.
 *
 * @example
 * ```ts
 * const { real } = unevenData(seed, { N: 2, D: 3 });
 * const x = real(6); // five numbers of about one, and one of about a thousand
 * ```
 */
export function unevenData(seed: number, shape: unknown): RandomData {
  const random = createRandom(hash(`${seed} uneven ${JSON.stringify(shape)}`));
  return {
    real(length, dtype) {
      const large = random.integer(Math.max(1, length));
      let at = 0;
      return filled(length, dtype, () => (at++ === large ? 1000 : 1) * ordinary(random));
    },
  };
}

/**
 * Whole numbers up to 16 in single precision: sums of thousands of their products are exact, in whatever order they are
 * added.
 *
 * @example
 * ```ts
 * const { real } = singlePrecisionData(seed, { N: 2, D: 3 });
 * const x = real(6); // a Float32Array
 * ```
 */
export function singlePrecisionData(seed: number, shape: unknown): RandomData {
  const random = createRandom(hash(`${seed} single ${JSON.stringify(shape)}`));
  return { real: (length) => filled(length, 'float32', () => random.integer(33) - 16) };
}

const ordinary = (random: Random): number => random.uniform(0.05, 1) * (random.integer(2) === 0 ? -1 : 1);

/** Products of two of them, and sums of thousands of products, are far from the ends of single precision. */
const KINDS: readonly ((random: Random) => number)[] = [
  (random) => 1e4 * ordinary(random),
  (random) => 1e-9 * ordinary(random),
  (random) => -1e4 * Math.abs(ordinary(random)),
  // Zeros of both signs, and equal numbers.
  (random) => random.integer(3) * (random.integer(2) === 0 ? -1 : 1),
];

function filled(length: number, dtype: Dtype = 'float64', next: () => number): Real {
  const values = dtype === 'float64' ? new Float64Array(length) : new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = next();
  return values;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
