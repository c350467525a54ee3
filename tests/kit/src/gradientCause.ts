/** One element of a gradient: what back-propagation and finite differences give. */
export interface Compared {
  readonly analytic: number;
  readonly numeric: number;
}

/** Differences of values near 0 do not determine a factor. */
const LEAST = 1e-4;
const SAME = 1e-4;

/** What the wrong elements of one tensor have in common, as text; undefined if nothing. */
export function gradientCause(wrong: readonly Compared[]): string | undefined {
  const significant = wrong.filter(({ numeric }) => Math.abs(numeric) > LEAST);
  if (significant.length === 0) return undefined;
  if (wrong.every(({ analytic }) => Number.isNaN(analytic)))
    return 'NaN: an element was never written, or read from outside an array';
  const factors = significant.map(({ analytic, numeric }) => analytic / numeric);
  const [factor] = factors;
  if (factors.some((other) => Math.abs(other - factor) > SAME * Math.max(1, Math.abs(factor)))) return undefined;
  if (factor === 0) return 'every wrong element is 0: nothing was written there, or it was cleared afterwards';
  if (Math.abs(factor + 1) < SAME) return 'every wrong element has the wrong sign';
  return `every wrong element is ${Number(factor.toPrecision(4))} times what it should be`;
}
