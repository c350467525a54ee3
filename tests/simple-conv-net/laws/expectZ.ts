import {
  assertDefinition,
  assertProperty,
  type CaseData,
  type CriterionContext,
  expectCase,
  expectLaw,
  holds,
  type Law,
  ordinaryData,
  singlePrecisionData,
  type Subject,
} from '@im2grade/kit';
import fc from 'fast-check';

/** The names of the axes of every tensor, in its order. */
export const AXES = {
  x: ['n', 'ci', 'y', 'x'],
  a: ['n', 'c', 'y', 'x'],
  weight: ['co', 'ci', 'i', 'j'],
  maps: ['n', 'co', 'm', 'l'],
  pooled: ['n', 'c', 'm', 'l'],
  columns: ['n', 'row', 'column'],
  rows: ['co', 'column'],
  matrix: ['n', 'j'],
  vector: ['j'],
} as const;

export type Context = Pick<CriterionContext, 'submission' | 'seed'>;

/** Every function here returns one tensor, z. */
export const expectZ = (submission: Subject, law: Omit<Law, 'name'>): Promise<void> =>
  expectLaw(submission, { name: 'z', ...law });
export const expectZOf = (submission: Subject, data: CaseData, law: Omit<Law, 'name'>): Promise<void> =>
  expectCase(submission, data, { name: 'z', ...law });

const RUNS_IN_SINGLE_PRECISION = 5;

/**
 * The definition on numbers of every kind, and in the precision in which networks are trained. The first call is in that
 * precision: what a function keeps of it shows in double precision, where a result must not be rounded.
 *
 * @throws CriterionFailure with the counterexample
 */
export async function expectDefinition<T>(
  { submission, seed }: Context,
  cases: fc.Arbitrary<T>,
  sizes: readonly T[],
  body: (value: T, data: CaseData) => Promise<void>,
): Promise<void> {
  const inSinglePrecision = (value: T) =>
    body(value, { ...singlePrecisionData(seed, value), remark: ', in single precision too' });
  // Whether this result is right is examined below.
  await holds(inSinglePrecision(fc.sample(cases, { seed, numRuns: 1 })[0]));
  try {
    await assertDefinition(seed, cases, sizes, body);
    await assertProperty(seed, cases, inSinglePrecision, RUNS_IN_SINGLE_PRECISION);
  } catch (error) {
    // What it keeps of the first call is charged here, and not to the criteria that share the process.
    await submission.restart();
    throw error;
  }
}

/** Factors of numbers of about one. Sums and products with small numbers stay finite, as in (a + |a|) / 2. */
const HUGE = [1e30, -1e30, 1e300, -1e300];

/**
 * Numbers that are all far below zero, or all far above, for functions that compute nothing from them.
 *
 * @throws CriterionFailure with the counterexample
 */
export async function expectOfHuge<T>(
  seed: number,
  cases: fc.Arbitrary<T>,
  body: (value: T, scaled: (values: ArrayLike<number>) => Float64Array, data: CaseData) => Promise<void>,
): Promise<void> {
  const remark = ', whatever the size and sign of the numbers';
  for (const factor of HUGE)
    await assertProperty(
      seed,
      cases,
      (value) =>
        body(value, (values) => Float64Array.from(values, (one) => factor * Math.abs(one)), {
          ...ordinaryData(seed, value),
          remark,
        }),
      1,
    );
}
