import type { Node } from '@babel/types';
import { groupBy } from '@im2grade/grader/common/groupBy.ts';

/** One of the branches that exclude each other: `a ? … : …` is a choice with two sides. */
export interface Choice {
  readonly of: number;
  readonly side: number;
}

/** What is in more branches than this, one inside the other, counts as if all were taken. */
export const MOST_CHOICES = 6;

/**
 * What happens in the run in which most of it happens: of the branches of a choice one is taken.
 *
 * @example
 * ```ts
 * mostInOneRun([inThen, inElse, afterwards]); // [inThen, afterwards]
 * ```
 */
export function mostInOneRun<One extends { readonly choices: readonly Choice[] }>(
  all: readonly One[],
  depth = 0,
): readonly One[] {
  const always = all.filter(({ choices }) => choices.length <= depth);
  const chosen = all.filter(({ choices }) => choices.length > depth);
  const taken = [...groupBy(chosen, ({ choices }) => choices[depth].of).values()].flatMap((branches) => {
    const sides = [...groupBy(branches, ({ choices }) => choices[depth].side).values()];
    const runs = sides.map((side) => mostInOneRun(side, depth + 1));
    return runs.reduce((most, run) => (run.length > most.length ? run : most));
  });
  return [...always, ...taken];
}

/** Whether nothing after a statement is reached: it returns, throws, or leaves what it is in. */
export function ends(statement: Node): boolean {
  if (statement.type === 'BlockStatement') return statement.body.some(ends);
  return ENDING.has(statement.type);
}

const ENDING = new Set(['ReturnStatement', 'ThrowStatement', 'BreakStatement']);
