import type { Call, CallResult } from '@im2grade/grader/model/examination.ts';
import type { Subject } from '../Subject.ts';

/**
 * Calls of one implementation before it is another's turn. After its own first call it finds its own caches, whichever
 * implementation was called before, and no member of its team sleeps: a sleeping one would be woken on the core of another.
 * Whatever a machine does beside a call only makes it longer: a third of all calls of a millisecond took half as long again.
 */
export const CALLS_IN_A_TURN = 3;

/** The results of a turn, and the one that took the least time. */
export interface Turn {
  readonly results: readonly CallResult[];
  readonly fastest: CallResult;
}

/** Makes all calls of a turn: the fastest counts. Each must be judged, or the fastest could be one without its work. */
export async function fastestCall(implementation: Subject, calls: readonly Call[]): Promise<Turn> {
  const results: CallResult[] = [];
  for (const call of calls) results.push(await implementation.call(call));
  return { results, fastest: results.reduce((fastest, one) => (one.seconds < fastest.seconds ? one : fastest)) };
}
