import type { Call } from '@im2grade/grader/model/examination.ts';

/** Of each function. */
const MOST = 3;
/** Larger results take longer and show no more. */
const MOST_NUMBERS = 4096;

/** The largest calls of each function that were answered, for `showsWork`. */
export class SampleCalls {
  #byName = new Map<string, Call[]>();

  see(call: Call): void {
    if (call.isTimed || numbersOf(call) > MOST_NUMBERS) return;
    const largest = [...(this.#byName.get(call.name) ?? []), call].sort((a, b) => numbersOf(b) - numbersOf(a));
    this.#byName.set(call.name, largest.slice(0, MOST));
  }

  /** The calls seen since the last time. */
  take(): Call[] {
    const calls = [...this.#byName.values()].flat();
    this.#byName.clear();
    return calls;
  }
}

const numbersOf = ({ outputs }: Call): number => outputs.reduce((sum, { length }) => sum + length, 0);
