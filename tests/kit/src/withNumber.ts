import type { Call } from '@im2grade/grader/model/examination.ts';

/** One number of the inputs. */
export interface Place {
  readonly input: number;
  readonly index: number;
}

/** The same call with another number in one place. */
export function withNumber(call: Call, { input, index }: Place, value: number): Call {
  const changed = call.inputs[input].slice();
  changed[index] = value;
  return { ...call, inputs: call.inputs.with(input, changed) };
}
