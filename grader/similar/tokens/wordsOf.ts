import type { Token } from './Token.ts';

/** The words of a text for people, without case and punctuation. */
export const wordsOf = (text: string): Token[] =>
  [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: word, index }) => ({
    text: word.toLowerCase(),
    start: index,
    end: index + word.length,
  }));
