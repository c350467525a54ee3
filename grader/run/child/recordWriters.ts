import type { TurnWatcher } from '@im2grade/engine/realm';
import { differ } from './differ.ts';

// Captured before any student code runs.
const { apply } = Reflect;
const { set } = Float64Array.prototype;
const { set: setTurns } = Uint32Array.prototype;
const [OwnNumbers, OwnTurns] = [Float64Array, Uint32Array];

/** Records in which turn of a member each number of the heap was last changed. */
export interface WriterRecord extends TurnWatcher {
  /** Passes the turns on, when no code of a submission runs any more: 1, 2, …, or 0 for a number that is not this member's. */
  report(): void;
}

/**
 * Since members work in turns, what has changed in the meantime is this member's. All that is needed is in arrays of its
 * own, which no submission can see.
 *
 * For calls that are not timed.
 *
 * @param heap - the recorded part
 * @param turns - where to report, in memory that submissions can see
 */
export function recordWriters(heap: Float64Array, turns: Uint32Array): WriterRecord {
  const { length } = heap;
  const before = new OwnNumbers(length);
  const lastTurns = new OwnTurns(length);
  let turn = 0;
  return {
    begin: () => apply(set, before, [heap]),
    end() {
      turn++;
      for (let i = 0; i < length; i++) if (differ(heap[i], before[i])) lastTurns[i] = turn;
    },
    report: () => apply(setTurns, turns, [lastTurns]),
  };
}
