import type { Node } from '@babel/types';

/** A word of the canonical form of a source, and the place that it was made from. */
export interface Token {
  readonly text: string;
  /** In UTF-16 code units, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

/** A token for a whole node. */
export const token = (text: string, { start, end }: Node): Token => ({ text, start: start ?? 0, end: end ?? 0 });

const textOf = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join(' ');

/** Groups of tokens in an order that depends only on their texts. */
export function sorted(groups: readonly (readonly Token[])[]): Token[] {
  const keyed = groups.map((tokens) => ({ tokens, key: textOf(tokens) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).flatMap(({ tokens }) => tokens);
}

export const isSame = (a: readonly Token[], b: readonly Token[]): boolean => textOf(a) === textOf(b);
