import { type Answer, type FunctionCall, judge, type Verdict } from './judge.ts';
import { planReplays } from './planReplays.ts';
import type { Counterexample } from './readCounterexamples.ts';
import type { Recipes } from './recipes.ts';
import { renderVerdict } from './renderVerdict.ts';

/**
 * Runs counterexamples again and tells of each.
 *
 * @param call - runs a function of the submission
 * @returns `wrong` when one still fails; `nothing` when none could be replayed
 */
export async function replayAll(
  recipes: Recipes,
  counterexamples: readonly Counterexample[],
  call: (call: FunctionCall) => Promise<Answer>,
  tell: (text: string) => void,
): Promise<'right' | 'wrong' | 'nothing'> {
  const came: Verdict['status'][] = [];
  for (const counterexample of counterexamples) {
    const replays = planReplays(recipes, counterexample);
    if (typeof replays === 'string') {
      tell(`– ${counterexample.criterion}: cannot be replayed: ${replays}`);
      continue;
    }
    for (const replay of replays) {
      const verdict = await judge(replay, call);
      came.push(verdict.status);
      tell(renderVerdict(replay, verdict));
    }
  }
  if (came.length === 0) return 'nothing';
  return came.some((status) => status === 'wrong' || status === 'fault') ? 'wrong' : 'right';
}
