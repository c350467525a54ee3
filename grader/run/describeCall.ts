import type { Call } from '../model/examination.ts';
import { type CallText, dtypeOf } from './protocol.ts';

/** The text of a call's frame; what a call leaves out gets its default. */
export function describeCall(call: Call, seconds: number): CallText {
  const { name, options, inputs, outputs, returnInputs = false, team = 1, straggler = -1 } = call;
  const { isApart = false, recordsWriters = 0, inTurns = isApart || recordsWriters > 0 } = call;
  return {
    name,
    options,
    inputs: inputs.map((input) => ({ dtype: dtypeOf(input), length: input.length })),
    outputs: outputs.map(({ dtype, length, fill = 'zero' }) => ({ dtype, length, fill })),
    returnInputs,
    team,
    straggler,
    inTurns,
    isApart: isApart && team > 1,
    recordedNumbers: recordsWriters,
    seconds,
  };
}
