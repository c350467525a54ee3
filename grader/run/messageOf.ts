import type { Call, Values } from '../model/examination.ts';
import { describeCall } from './describeCall.ts';
import { ARENA_BYTES, bodyBytes, type CallText, recordedArrays, returnedOutputs, type UnseenText } from './protocol.ts';

/** What is sent for a call, and what comes back. */
interface CallMessage {
  readonly text: Uint8Array;
  readonly team: number;
  /** The inputs, without those that the process makes for itself. */
  readonly sent: readonly Values[];
  readonly sentBytes: number;
  /** The arrays of the answer, in their order. */
  readonly back: Pick<CallText, 'inputs'> & { readonly outputs: ReturnType<typeof returnedOutputs> };
}

/**
 * The frames of a call.
 *
 * @param seconds - its deadline
 * @throws RangeError if its arrays take more memory than there is for them
 */
export function messageOf(call: Call, seconds: number): CallMessage {
  const described = describeCall(call, seconds);
  if (bodyBytes(described.inputs) + bodyBytes(described.outputs) > ARENA_BYTES)
    throw new RangeError(`${call.name}: arrays of more than ${ARENA_BYTES} bytes`);
  const { randomInputs = {}, returned } = call.isTimed ? call : {};
  const isSent = (_: unknown, i: number): boolean => randomInputs[i] === undefined;
  const unseen = call.isTimed ? `\n${JSON.stringify({ randomInputs, returned } satisfies UnseenText)}` : '';
  return {
    text: new TextEncoder().encode(JSON.stringify(described) + unseen),
    team: described.team,
    sent: call.inputs.filter(isSent),
    sentBytes: bodyBytes(described.inputs.filter(isSent)),
    back: {
      inputs: call.returnInputs ? described.inputs : [],
      outputs: [...returnedOutputs(described.outputs, returned), ...recordedArrays(described)],
    },
  };
}
