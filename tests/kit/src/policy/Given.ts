import type { Node } from '@babel/types';

/** What is known of an argument of a call. */
export interface Given {
  /** It certainly is something other than numbers to compute with. */
  readonly isHarmless: boolean;
  /** It certainly is a list of a few things. */
  readonly isFew: boolean;
  /** So are it and those after it together: what a rest parameter gets. */
  readonly areFewFromHere: boolean;
  /** It may be a list of any length. */
  readonly isLong: boolean;
}

/**
 * A written-out list of up to this many things, such as the sizes of five axes, is no repetition: each could have a line of
 * its own. Indices are.
 */
const MOST_WRITTEN_OUT = 5;

/**
 * Whether what is written out between brackets are a few things.
 *
 * @param isFew - whether a list that is spread among them certainly is short
 */
export const areFew = (elements: readonly (Node | null)[], isFew: (list: Node) => boolean): boolean =>
  elements.length <= MOST_WRITTEN_OUT &&
  elements.every((one) => one?.type !== 'SpreadElement' || isFew(one.argument)) &&
  (elements.length === 0 || elements.some((one) => one?.type !== 'NumericLiteral'));
