import fc from 'fast-check';
import { assertProperty } from './assertProperty.ts';
import { randomData, type RandomData, unusualData } from './randomData.ts';

/** Cases with unusual numbers; they are the first of those with ordinary ones. */
const UNUSUAL_RUNS = 16;

/** The numbers of one case. */
export interface CaseData extends RandomData {
  /** What is special about the case, to be added to the law; empty if nothing is. */
  readonly remark: string;
}

/**
 * Numbers of about one.
 *
 * @example
 * ```ts
 * await expectDefinition(submission, { N: 2, D: 3 }, ordinaryData(seed, { N: 2, D: 3 }));
 * ```
 */
export const ordinaryData = (seed: number, shape: unknown): CaseData => ({ ...randomData(seed, shape), remark: '' });

/**
 * Checks a function's definition on generated cases: first with numbers of about one; then the same sizes with other
 * numbers, which are large, tiny, negative only, or equal to each other; then on particular sizes.
 *
 * A function that works only for numbers of about one shows then, and one that keeps the result of earlier inputs of the
 * same sizes. Likely causes are for cases without a remark.
 *
 * @param sizes - larger than generated ones; not shrunk
 * @throws CriterionFailure with the counterexample
 *
 * @example
 * ```ts
 * await assertDefinition(seed, linearLayers(), [], async ({ N, D }, { real, remark }) => {
 *   const x = real(N * D);
 *   const output = { dtype: 'float64', length: x.length } as const;
 *   const { outputs } = await submission.call({ name: 'relu', options: {}, inputs: [x], outputs: [output] });
 *   if (outputs[0].some((y, i) => y !== Math.max(0, x[i]))) throw new CriterionFailure(`y is max(0, x)${remark}`);
 * });
 * ```
 */
export async function assertDefinition<T>(
  seed: number,
  cases: fc.Arbitrary<T>,
  sizes: readonly T[],
  body: (value: T, data: CaseData) => Promise<void>,
): Promise<void> {
  await assertProperty(seed, cases, (value) => body(value, ordinaryData(seed, value)));
  const remark = ', whatever the size and sign of the numbers, and whatever the call before';
  await assertProperty(seed, cases, (value) => body(value, { ...unusualData(seed, value), remark }), UNUSUAL_RUNS);
  await assertSizes(seed, sizes, body);
}

/**
 * Checks particular sizes, one after the other, with numbers of about one.
 *
 * @param remark - what is special about them; that they are large if left out
 * @throws CriterionFailure with the counterexample
 *
 * @example
 * ```ts
 * await assertSizes(seed, LARGE_LINEAR_LAYERS, (sizes, data) => expectDefinition(submission, sizes, data));
 * ```
 */
export async function assertSizes<T>(
  seed: number,
  sizes: readonly T[],
  body: (value: T, data: CaseData) => Promise<void>,
  remark = ', for large sizes too',
): Promise<void> {
  for (const value of sizes)
    await assertProperty(seed, fc.constant(value), () => body(value, { ...randomData(seed, value), remark }), 1);
}
