import type { Call, Values } from '@im2grade/grader/model/examination.ts';
import { randomData } from './randomData.ts';

export type Numbers = Float64Array | Float32Array;

export const isReal = (values: Values): values is Numbers =>
  ['Float64Array', 'Float32Array'].includes(values[Symbol.toStringTag]);

/** The same call on other numbers, from -1 to 1, and with clean buffers. */
export function withFreshNumbers(call: Call, seed: number): Call {
  const { real } = randomData(seed, call.options);
  return {
    ...call,
    inputs: call.inputs.map((input) =>
      isReal(input) ? real(input.length, input[Symbol.toStringTag] === 'Float32Array' ? 'float32' : 'float64') : input,
    ),
    outputs: call.outputs.map((output) => ({ ...output, fill: 'zero' })),
    returnInputs: false,
  };
}
