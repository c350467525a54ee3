import type { Spent } from '@im2grade/grader/model/spent.ts';

const nothing = (): Spent => ({ starts: 0, warmUp: 0, submission: 0, reference: 0, naive: 0, transfer: 0 });

let spent = nothing();
let isWarmUp = false;

/** Counts seconds of starting a process, or of a call of an implementation. */
export function spend(on: 'starts' | 'submission' | 'reference' | 'naive' | 'transfer', seconds: number): void {
  const isCall = on !== 'starts' && on !== 'transfer';
  spent[isCall && isWarmUp ? 'warmUp' : on] += Math.max(0, seconds);
}

/** Counts the calls that `work` makes as warm-up. */
export async function warmingUp<T>(work: () => Promise<T>): Promise<T> {
  isWarmUp = true;
  try {
    return await work();
  } finally {
    isWarmUp = false;
  }
}

/** What was spent since this was last asked. */
export function takeSpent(): Spent {
  const taken = spent;
  spent = nothing();
  return taken;
}
