import type { Dependences } from './dependencesOf.ts';

/** At least this share of what results depend on is right, … */
const MOSTLY_RIGHT = 0.8;
/** … and is at least this share of what they should depend on: a sum of which only the last term is left has as much. */
const SOME = 0.15;
/** Up to the order of the results. A copy, however it is laid out, reaches two thirds. */
const SAME_COUNTS = 0.8;

/**
 * Whether results depend on inputs as the right ones do: on the same numbers, if not on all of them; or, if the results
 * are in another order, each on as many numbers, and each number is used for as many results.
 *
 * Mistakes in what is computed do not matter: a wrong sign, a mean for a sum, one added. Copies are not alike, in
 * whatever order: in a sum every result depends on several numbers, and where patches of an image are copied some pixels
 * are in more of them than others.
 */
export function dependsAlike(own: Dependences, right: Dependences): boolean {
  const both = sum(right.map((results, i) => [...results].filter((result) => own[i].has(result)).length));
  if (both >= MOSTLY_RIGHT * sum(usesOfInputs(own)) && both >= SOME * sum(usesOfInputs(right))) return true;
  return [usesOfInputs, inputsOfResults].every((counts) => similarity(counts(own), counts(right)) >= SAME_COUNTS);
}

/** How many results depend on each input. */
const usesOfInputs = (dependences: Dependences): number[] => dependences.map(({ size }) => size);

/** On how many inputs each result depends, by its index. */
function inputsOfResults(dependences: Dependences): number[] {
  const counts: number[] = [];
  for (const results of dependences) for (const i of results) counts[i] = (counts[i] ?? 0) + 1;
  return counts;
}

/** From 1, if the counts are the same, to 0, if one is 0 wherever the other is not. */
function similarity(a: readonly number[], b: readonly number[]): number {
  const pairs = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => [a[i] ?? 0, b[i] ?? 0]);
  return sum(pairs.map((pair) => Math.min(...pair))) / sum(pairs.map((pair) => Math.max(...pair)));
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
