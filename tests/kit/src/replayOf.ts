import type { Call } from '@im2grade/grader/model/examination.ts';
import { MAX_TENSOR_VALUES, type Replay } from '@im2grade/grader/model/evidence.ts';
import type { Comparison } from './expectEqual.ts';

/** The call that returned an array; none for a team, because a student's replay runs on one thread. */
export interface Origin {
  readonly call: Call;
  /** Which array was checked afterwards; the first output if left out. */
  readonly compared?: Replay['compared'];
  /** What the law compares it with; the expected array if left out. */
  readonly against?: Replay['against'] | undefined;
}

/**
 * The call of a comparison, as the report stores it. Arrays of the call are recognised among those that the report
 * shows.
 *
 * @returns undefined if one of those is too large to be shown, or of another type than the result
 */
export function replayOf({ got, inputs, origin }: Comparison, exact: boolean): Replay | undefined {
  if (!origin) return undefined;
  const { call, compared = { of: 'outputs', index: 0 }, against = 'expected' } = origin;
  const type = got[Symbol.toStringTag];
  const isWhole =
    inputs.every(({ values }) => values.length <= MAX_TENSOR_VALUES) &&
    call.inputs.every((values) => values[Symbol.toStringTag] === type);
  if (!isWhole) return undefined;
  return {
    name: call.name,
    options: call.options as Record<string, unknown>,
    inputs: call.inputs.map((array) => inputs.find(({ values }) => values === array)?.name ?? array.length),
    outputs: call.outputs.map(({ length }) => length),
    compared,
    exact,
    against,
  };
}
