import { fingerprintsOf, gramsOf } from './fingerprints.ts';

/** Fingerprints; undefined if there is no text. */
export type Prints = Int32Array | undefined;

/** The fingerprints of a text, given as tokens. */
export const printsOf = (tokens: Int32Array | undefined): Prints => tokens && fingerprintsOf(gramsOf(tokens));

/** The fingerprints of several texts together, each once. */
export function union(texts: readonly Prints[]): Prints {
  const there = texts.filter((prints) => prints !== undefined);
  return there.length === 0 ? undefined : Int32Array.from(new Set(there.flatMap((prints) => [...prints])));
}
