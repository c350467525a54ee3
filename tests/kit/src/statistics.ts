const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

export function median(values: readonly number[]): number {
  const ascending = sorted(values);
  const middle = ascending.length >> 1;
  return ascending.length % 2 ? ascending[middle] : (ascending[middle - 1] + ascending[middle]) / 2;
}

/** 95 % interval of the median from order statistics: ranks n/2 ± 0.98·√n. */
export function interval(values: readonly number[]): { low: number; high: number } {
  const ascending = sorted(values);
  const reach = 0.98 * Math.sqrt(values.length);
  const low = Math.max(0, Math.floor(values.length / 2 - reach));
  const high = Math.min(values.length - 1, Math.ceil(values.length / 2 + reach) - 1);
  return { low: ascending[low], high: ascending[high] };
}
