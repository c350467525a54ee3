import type { Values } from '@im2grade/grader/model/examination.ts';
import { coordinates, type Real } from '@im2grade/nn';
import { expectEqual, expectUntouched } from './expectEqual.ts';
import type { NamedCall } from './namedCall.ts';
import type { Sums } from './oracle/sums.ts';
import type { Subject } from './Subject.ts';

/** Another right way to compute the same rounds differently, by no more than a sum of this many terms does. */
const TERMS = 10_000;

/**
 * Makes a call and compares every output with the reference's: each element within the error bound of a long sum of
 * numbers as large as the largest number of the case. The inputs must stay as they are.
 *
 * @param law - what the function computes, for the report
 * @throws CriterionFailure with the counterexample; an ordinary error, which costs no point, if the reference itself
 *   gives NaN or ∞
 *
 * @example
 * ```ts
 * const named = namedCall('relu', {}, { inputs: { x: { i: 3 } }, outputs: { y: { i: 3 } } }, randomData(seed, 3));
 * await expectAsReference(submission, reference, named, 'y[i] = max(0, x[i])');
 * ```
 */
export async function expectAsReference(
  submission: Subject,
  reference: Subject,
  { call, inputs, outputs }: NamedCall,
  law: string,
): Promise<void> {
  const got = await submission.call({ ...call, returnInputs: true });
  const expected = await reference.call(call);
  requireNumbers(expected.outputs, { call, inputs, outputs });
  const geometry = sizesIn(call.options);
  const given = inputs.map((input, i) => ({ ...input, values: call.inputs[i] as Real }));
  const scale = largestOf([...call.inputs, ...expected.outputs]);
  for (const [index, { name, axes }] of outputs.entries())
    expectEqual({
      law,
      name,
      axes,
      got: got.outputs[index] as Real,
      expected: withinBound(expected.outputs[index] as Float64Array, scale),
      geometry,
      inputs: given,
      origin: { call, compared: { of: 'outputs', index } },
    });
  for (const [index, { name, axes }] of inputs.entries())
    expectUntouched({ name, axes, geometry, call, index, after: got.inputs[index] });
}

/** No submission could be right. */
function requireNumbers(results: readonly Values[], { call, outputs }: NamedCall): void {
  for (const [index, { name, axes }] of outputs.entries()) {
    const values = results[index];
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at < 0) continue;
    const sizes = Object.entries(sizesIn(call.options)).map(([size, value]) => `${size}=${value}`);
    throw new Error(
      `the reference itself gives ${values[at]} for these inputs: ${call.name} with ${sizes.join(' ')}, ${name}[${coordinates(at, axes)}]; ` +
        'if it is not defined for all numbers, name what its inputs are (positive, not negative, probabilities): in @param before grade new, in functions.ts after it',
    );
  }
}

const sizesIn = (options: unknown): Record<string, number> => ({ ...(options as Record<string, number>) });

const withinBound = (values: Float64Array, scale: number): Sums => ({
  values,
  magnitudes: new Float64Array(values.length).fill(scale),
  terms: TERMS,
});

function largestOf(arrays: readonly Values[]): number {
  let largest = 0;
  for (const array of arrays) for (const value of array) largest = Math.max(largest, Math.abs(value));
  return largest;
}
