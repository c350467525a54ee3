/** A sum with what is needed to judge its error. */
export interface Sums {
  readonly values: Float64Array;
  /** Σ|terms| of each element: |A||B| of the a-priori bound. */
  readonly magnitudes: Float64Array;
  /** The largest number of terms in a sum. */
  readonly terms: number;
}

/** Sums that have no terms yet. */
export function emptySums(length: number, terms: number): Sums {
  return { values: new Float64Array(length), magnitudes: new Float64Array(length), terms };
}

/** Adds a term to one of the sums. */
export function addTerm({ values, magnitudes }: Sums, index: number, term: number): void {
  values[index] += term;
  magnitudes[index] += Math.abs(term);
}

/**
 * Values that must be returned exactly, where −0 equals 0.
 *
 * @example
 * ```ts
 * const expected = exactly(nchw.relu(Float64Array.of(-1, 2)));
 * ```
 */
export const exactly = (values: Float64Array): Sums => ({
  values,
  magnitudes: new Float64Array(values.length),
  terms: 1,
});
