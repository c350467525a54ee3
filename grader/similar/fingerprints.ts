import { END_OF_UNIT, WIDTH } from './tokens/packed.ts';

/** Tokens of a gram. A shorter part in common means nothing. */
export const GRAM = 7;
/** Of this many grams in a row one is chosen, so that every part of `GRAM + WINDOW - 1` tokens in common is noticed. */
const WINDOW = 4;

/**
 * A hash for each gram, by the place of its first token; 0 for tokens that begin none, because their unit ends.
 *
 * @param tokens - `WIDTH` numbers for each
 */
export function gramsOf(tokens: Int32Array): Int32Array {
  const count = tokens.length / WIDTH;
  const grams = new Int32Array(count);
  let unitEnd = count;
  for (let at = count - 1; at >= 0; at--) {
    if (tokens[at * WIDTH] === END_OF_UNIT) unitEnd = at;
    if (at + GRAM <= unitEnd) grams[at] = hashOf(tokens, at);
  }
  return grams;
}

function hashOf(tokens: Int32Array, at: number): number {
  let hash = 0x811c9dc5;
  for (let i = at; i < at + GRAM; i++) {
    hash = Math.imul(hash ^ tokens[i * WIDTH], 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash | 1;
}

/**
 * The fingerprints of a text, each once: of every few grams the least, as in "Winnowing: local algorithms for document
 * fingerprinting" (Schleimer, Wilkerson and Aiken, 2003).
 *
 * @param grams - as `gramsOf` has them
 */
export function fingerprintsOf(grams: Int32Array): Int32Array {
  const chosen = new Set<number>();
  let begin = 0;
  while (begin < grams.length) {
    let end = begin;
    while (end < grams.length && grams[end] !== 0) end++;
    const last = Math.max(begin, end - WINDOW);
    for (let at = begin; at <= last && at < end; at++) chosen.add(least(grams, at, Math.min(at + WINDOW, end)));
    begin = end + 1;
  }
  return Int32Array.from(chosen);
}

function least(grams: Int32Array, begin: number, end: number): number {
  let found = grams[begin];
  for (let at = begin + 1; at < end; at++) if (grams[at] < found) found = grams[at];
  return found;
}
