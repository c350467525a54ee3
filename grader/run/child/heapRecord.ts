import { FIRST_FREE_BYTE, heapBegin } from '@im2grade/engine/realm';
import { ARENA_BYTES, bodyBytes, type CallText, paddedBytes } from '../protocol.ts';

// In the jail these functions follow the rules of `serve.ts`.
const [Numbers, Turns] = [Float64Array, Uint32Array];

/** The recorded numbers: the first ones of the heap, which begins after the arrays of the call. */
export const recordedPart = ({ inputs, outputs, recordedNumbers }: CallText, arena: ArrayBufferLike): Float64Array =>
  new Numbers(arena, heapBegin(FIRST_FREE_BYTE + bodyBytes(inputs) + bodyBytes(outputs)), recordedNumbers);

/** What a member reports of each of them, at the end of the memory. */
export function turnsOf(rank: number, { recordedNumbers }: CallText, arena: ArrayBufferLike): Uint32Array {
  const bytes = paddedBytes('float64', recordedNumbers);
  return new Turns(arena, FIRST_FREE_BYTE + ARENA_BYTES - (rank + 1) * bytes, recordedNumbers);
}

/**
 * For each recorded number the rank that wrote it last, plus 1; 0 if no member did. Within a turn the ranks follow each other.
 */
export function lastWriters(call: CallText, arena: ArrayBufferLike): Uint8Array {
  const writers = new Uint8Array(call.recordedNumbers);
  const latest = new Uint32Array(call.recordedNumbers);
  for (let rank = 0; rank < call.team; rank++) {
    const turns = turnsOf(rank, call, arena);
    for (let i = 0; i < turns.length; i++) {
      if (turns[i] === 0 || turns[i] < latest[i]) continue;
      latest[i] = turns[i];
      writers[i] = rank + 1;
    }
  }
  return writers;
}
