/** ∛ε: balances truncation against rounding in a central difference. */
const STEP = Math.cbrt(Number.EPSILON);

/**
 * The largest error of a right gradient. Truncation leaves about h² ≈ 4e-11 times the third derivative; a wrong
 * gradient misses by far more.
 */
export const GRADIENT_TOLERANCE = 1e-6;

/** The h of a central difference at x: in proportion to |x|, but not less than at 1. */
export const differenceStep = (x: number): number => STEP * Math.max(1, Math.abs(x));

/** |a − n| / max(1, |a|, |n|): relative for large gradients, absolute for small ones. */
export const gradientError = (analytic: number, numeric: number): number =>
  Math.abs(analytic - numeric) / Math.max(1, Math.abs(analytic), Math.abs(numeric));
