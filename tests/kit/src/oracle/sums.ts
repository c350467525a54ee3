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
 * What a matrix product's error is relative to: eight times the largest Σ|terms| of the whole array. Fast products
 * (Strassen's, Winograd's form of it) are bounded by norms and not element by element, and multiply squares: their errors
 * are those of sums of as many terms as the longest side. For one level of Strassen's recursion this is about their bound
 * (Higham, Accuracy and Stability of Numerical Algorithms, §23.2.2), and deeper ones stay within it unless every rounding
 * goes the same way.
 */
const NORMWISE = 8;

/**
 * The same sums, to be judged as the elements of a matrix product.
 *
 * @param sides - rows and columns of the matrices
 */
export function asProduct({ values, magnitudes, terms }: Sums, sides: readonly number[]): Sums {
  const largest = magnitudes.reduce((a, b) => Math.max(a, b), 0);
  return { values, magnitudes: magnitudes.map(() => NORMWISE * largest), terms: Math.max(terms, ...sides) };
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
