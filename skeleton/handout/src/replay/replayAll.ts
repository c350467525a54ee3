import { type Answer, type FunctionCall, judge, type Verdict } from './judge.ts';
import { planReplay } from './planReplay.ts';
import type { Counterexample } from './readCounterexamples.ts';
import { renderVerdict } from './renderVerdict.ts';

/**
 * Runs counterexamples again and prints each result.
 *
 * @param call - runs a function of the submission
 * @returns `wrong` when one still fails; `nothing` when none could be replayed
 */
export async function replayAll(
  counterexamples: readonly Counterexample[],
  call: (call: FunctionCall) => Promise<Answer>,
  print: (text: string) => void,
): Promise<'right' | 'wrong' | 'nothing'> {
  const came: Verdict['status'][] = [];
  for (const counterexample of counterexamples) {
    const replay = planReplay(counterexample);
    if (typeof replay === 'string') {
      print(`– ${counterexample.criterion}: cannot be replayed: ${replay}`);
      continue;
    }
    const verdict = await judge(replay, call);
    came.push(verdict.status);
    print(renderVerdict(replay, verdict));
  }
  if (came.length === 0) return 'nothing';
  return came.some((status) => status === 'wrong' || status === 'fault') ? 'wrong' : 'right';
}
