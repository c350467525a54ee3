const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** Standard deviations on either side of the mean that contain 95 % of a normal distribution. */
const ONCE = 1.96;
/** The same for 1 − 0.05/6: if one of up to six looks at growing samples decides, all six hold at 95 % together (Bonferroni). */
export const IN_SIX_LOOKS = 2.64;
/** The same for 1 − 0.05/3. */
export const IN_THREE_LOOKS = 2.39;

/**
 * An interval of the median from order statistics, whatever the distribution: ranks n/2 ± z/2·√n (Thompson 1936).
 *
 * @param z - `ONCE` for 95 %
 */
export function interval(values: readonly number[], z = ONCE): { low: number; high: number } {
  const ascending = sorted(values);
  const reach = (z / 2) * Math.sqrt(values.length);
  const low = Math.max(0, Math.floor(values.length / 2 - reach));
  const high = Math.min(values.length - 1, Math.ceil(values.length / 2 + reach) - 1);
  return { low: ascending[low], high: ascending[high] };
}
