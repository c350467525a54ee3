/**
 * A function that computes its value when it is called first, and returns the same from then on.
 *
 * @example
 * ```ts
 * const sum = once(() => values.reduce((a, b) => a + b));
 * explainByMistake(expected, { 'the sum is subtracted': (value) => value - sum() });
 * ```
 */
export function once<T>(compute: () => T): () => T {
  let computed: { readonly value: T } | undefined;
  return () => (computed ??= { value: compute() }).value;
}
