import type { CallResult, DerivativeSums, Sums } from '@im2grade/kit';

/** The derivatives of the parameters among the outputs of a way down. */
export const LEARNED = [
  { output: 1, name: 'dC_by_dweights', of: 'weights' },
  { output: 2, name: 'dC_by_dbias', of: 'bias' },
] as const;

/**
 * The mean of what a layer gives for each image alone: whether that is right is examined elsewhere.
 *
 * @param oracle - of the whole batch: how much rounding there may be
 */
export function meanOf(single: readonly CallResult[], output: number, oracle: DerivativeSums['weights']): Sums {
  const each = single.map(({ outputs }) => outputs[output]);
  const values = Float64Array.from(oracle.values, (_, i) => each.reduce((sum, one) => sum + one[i], 0) / each.length);
  const most = (i: number) => each.reduce((sum, one) => sum + Math.abs(one[i]), oracle.magnitudes[i]);
  return { values, magnitudes: values.map((_, i) => most(i)), terms: oracle.terms + 2 };
}
