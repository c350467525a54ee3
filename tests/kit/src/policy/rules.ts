import { mostInOneRun } from './choices.ts';
import type { FormRule } from './judgeForm.ts';
import type { Fact } from './readForm.ts';

/** Names that a package exports. */
export type Names = Readonly<Record<string, readonly string[]>>;

const isAmong = (names: Names, from: string, what: string): boolean => names[from]?.includes(what) ?? false;

const called = ({ what, from }: Fact): string => (what === EVERYTHING ? `everything in ${from}` : what);
const EVERYTHING = '*';

/**
 * The scalar form: loops over single elements, without imported functions that do the work.
 *
 * @param allowed - imports that may be used: those that make a tensor, or name one
 * @param copies - whether the function only moves numbers, so that a copy of them all at once leaves nothing for a loop
 *
 * @example
 * ```ts
 * const rule = scalarForm({ '@im2grade/tensor': ['zeros', 'tensor'] });
 * ```
 */
export const scalarForm = (allowed: Names, { copies = false } = {}): FormRule => ({
  expected: 'loops over single elements (for, while), and no operation on whole tensors',
  problemIn(facts) {
    const used = facts.find(
      ({ kind, from, what }) => kind === 'uses' && what !== 'NotImplementedError' && !isAmong(allowed, from, what),
    );
    if (used) return { fact: used, found: `uses ${called(used)}` };
    const elements = facts.filter(({ kind }) => kind === 'element');
    if (elements.length === 0) return { found: 'has no loop over elements' };
    if (copies && elements.every(({ isOfCopy }) => isOfCopy))
      return { fact: elements[0], found: `copies all at once, before ${elements[0].what}` };
    return undefined;
  },
});

/**
 * The vector form: operations on whole tensors. Loops are allowed if no single element is accessed in them.
 *
 * @param operations - at least one of these must be used; any if left out
 *
 * @example
 * ```ts
 * const rule = vectorForm({ '@im2grade/tensor': ['matmul'] });
 * ```
 */
export const vectorForm = (operations?: Names): FormRule => {
  const names = Object.values(operations ?? {}).flat();
  const examples = names.length > 0 ? ` (${names.join(', ')})` : '';
  return {
    expected: `operations on whole rows, columns and tensors${examples}; a loop may call them, but touches no single element`,
    problemIn(facts) {
      const element = facts.find(({ kind }) => kind === 'element');
      if (element) return { fact: element, found: `touches single elements in a loop, ${element.what}` };
      const isUsed = facts.some(
        ({ kind, from, what, isCalled, isPassed }) =>
          kind === 'uses' &&
          (what === EVERYTHING
            ? Object.hasOwn(operations ?? {}, from)
            : isAmong(operations ?? {}, from, what) && (isCalled || isPassed)),
      );
      return isUsed || !operations ? undefined : { found: `uses none of ${names.join(', ')}` };
    },
  };
};

/** Calls of one function of a package. */
export interface Calls {
  readonly from: string;
  readonly what: string;
  readonly times: number;
}

/**
 * No loop at all: no `for`, no `while`, no function that is called for each element, and none that calls itself.
 *
 * @param calls - the function that must be called, and how often; none if left out
 * @param allowed - all that the function, and the class that it belongs to, may be built on, of these packages; of others,
 *   anything
 *
 * @example
 * ```ts
 * const rule = withoutLoops({ from: '@im2grade/tensor', what: 'matmul', times: 1 });
 * ```
 */
export const withoutLoops = (calls?: Calls, allowed: Names = {}): FormRule => ({
  expected: calls ? `no loops, and ${timesOf(calls)}` : 'no loops: operations on whole tensors do the work',
  problemIn(facts) {
    const banned = facts.find(
      ({ kind, from, what }) => kind === 'uses' && Object.hasOwn(allowed, from) && !isAmong(allowed, from, what),
    );
    if (banned) return { fact: banned, found: `uses ${called(banned)}` };
    const loop = facts.find(({ kind }) => kind === 'loop');
    if (loop) return { fact: loop, found: `has a loop, ${loop.what}` };
    if (!calls) return undefined;
    const all = facts.filter(
      ({ kind, from, what }) => kind === 'uses' && from === calls.from && [calls.what, EVERYTHING].includes(what),
    );
    const used = mostInOneRun(all);
    const handedOn = all.find(({ isCalled }) => !isCalled);
    if (handedOn) return { fact: handedOn, found: `passes ${calls.what} on, so that its calls cannot be counted` };
    if (used.length > calls.times) return { fact: used[calls.times], found: `calls ${calls.what} once more` };
    return used.length < calls.times ? { found: `calls ${calls.what} ${used.length} times` } : undefined;
  },
});

const timesOf = ({ what, times }: Calls): string =>
  times === 1 ? `a single call of ${what}` : `${times} calls of ${what}, one for each result`;
