import type { NumberRange } from '../model/numberRange.ts';

/** What a part of a sentence says of all numbers of an array; "where x is positive" says nothing of the kind. */
const SAYINGS: readonly (readonly [NumberRange, RegExp])[] = [
  ['not-negative', /\b(?:not |never |non[ -]?)negative(?: \w+)?$/iu],
  ['positive', /^(?:the |all |strictly )*positive(?: \w+)?$|\bare (?:all |strictly )?positive$/iu],
  ['probabilities', /^(?:the )?(?!log|un)(?:\w+ )?probabilities\b/iu],
];

/**
 * Which numbers an array has, by the comment of its parameter; undefined if it does not say.
 *
 * @example
 * ```ts
 * rangeIn('the variances, not negative; only read'); // 'not-negative'
 * ```
 */
export function rangeIn(text: string): NumberRange | undefined {
  const parts = text.split(/[-–—]\s|[,;.:()]/u).map((part) => part.trim());
  return SAYINGS.find(([, saying]) => parts.some((part) => saying.test(part)))?.[0];
}
