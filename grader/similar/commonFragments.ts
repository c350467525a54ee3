import { GRAM, gramsOf } from './fingerprints.ts';
import { END_OF_UNIT, WIDTH } from './tokens/packed.ts';

/** A part that two texts have in common: where it is in each, in UTF-16 code units. */
export interface CommonFragment {
  readonly tokens: number;
  readonly first: Span;
  readonly second: Span;
}

/** Of a text, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Tokens in a row that are the same in both, by their places. */
interface Run {
  readonly first: number;
  readonly second: number;
  readonly length: number;
}

/** Places of one gram in a text that are looked at: more of them say nothing more. */
const MOST_PLACES = 16;

/**
 * The longest parts that two texts have in common, none of which overlaps another in either text; the longest first.
 *
 * @param ignored - grams that say nothing, and begin no part
 * @param most - of them
 */
export function commonFragments(
  first: Int32Array,
  second: Int32Array,
  ignored: ReadonlySet<number>,
  most: number,
): CommonFragment[] {
  const chosen: Run[] = [];
  for (const run of runsOf(first, second, ignored).sort((a, b) => b.length - a.length)) {
    if (chosen.length === most) break;
    if (chosen.every((other) => isApart(run, other))) chosen.push(run);
  }
  return chosen.map((run) => ({
    tokens: run.length,
    first: spanOf(first, run.first, run.length),
    second: spanOf(second, run.second, run.length),
  }));
}

/** All rows of tokens in common that no longer row contains. */
function runsOf(first: Int32Array, second: Int32Array, ignored: ReadonlySet<number>): Run[] {
  const [ours, theirs] = [gramsOf(first), gramsOf(second)];
  const isMatch = (i: number, j: number) =>
    i >= 0 && j >= 0 && ours[i] !== 0 && ours[i] === theirs[j] && !ignored.has(ours[i]);
  const places = placesOf(theirs);
  const runs: Run[] = [];
  for (let i = 0; i < ours.length; i++)
    for (const j of places.get(ours[i]) ?? []) {
      if (!isMatch(i, j) || isMatch(i - 1, j - 1)) continue;
      let length = GRAM;
      while (isMatch(i + length - GRAM + 1, j + length - GRAM + 1)) length++;
      runs.push({ first: i, second: j, length });
    }
  return runs;
}

function placesOf(grams: Int32Array): Map<number, number[]> {
  const places = new Map<number, number[]>();
  grams.forEach((gram, at) => {
    const list = places.get(gram) ?? [];
    if (list.length < MOST_PLACES) places.set(gram, [...list, at]);
  });
  return places;
}

const isApart = (a: Run, b: Run): boolean =>
  (a.first + a.length <= b.first || b.first + b.length <= a.first) &&
  (a.second + a.length <= b.second || b.second + b.length <= a.second);

/** From the first character of any of the tokens to the last: the canonical form may have changed their order. */
function spanOf(tokens: Int32Array, from: number, length: number): Span {
  let [start, end] = [Infinity, 0];
  for (let at = from; at < from + length; at++) {
    if (tokens[at * WIDTH] === END_OF_UNIT) continue;
    start = Math.min(start, tokens[at * WIDTH + 1]);
    // A loop's token spans the loop: what counts is where tokens begin.
    end = Math.max(end, tokens[at * WIDTH + 1]);
  }
  return { start, end };
}
