import type { Call } from '@im2grade/grader/model/examination.ts';
import { groupBy } from '@im2grade/grader/common/groupBy.ts';

const declared = new Map<string, readonly Call[]>();

/**
 * Declares calls in which it shows whether a function does the work that was asked for, however many mistakes it has. If
 * it has lost all definitions that a criterion counts beside, its results must depend on its inputs in one of these calls
 * as the reference's do (`dependsAlike`).
 *
 * Choose sizes that are so plain that most mistakes do not show, such as one image of one channel, and a second size with
 * several of everything, of which most is left if a loop ends early. Neither may be so plain that a copy of the input is
 * right.
 *
 * @param calls - of one function or of several; their numbers do not matter
 *
 * @example
 * ```ts
 * workShowsIn(
 *   [convGeometry({ InY: 4, InX: 4, KnY: 2, KnX: 2 })].map((g) => ({
 *     name: 'Im2Mat',
 *     options: g,
 *     inputs: [new Float64Array(16)],
 *     outputs: [{ dtype: 'float64', length: 36 }],
 *   })),
 * );
 * ```
 */
export function workShowsIn(calls: readonly Call[]): void {
  for (const [name, own] of groupBy(calls, (call) => call.name)) declared.set(name, own);
}

/** The calls that are declared for a function, the plainest first. */
export const plainCallsOf = (name: string): readonly Call[] => declared.get(name) ?? [];
