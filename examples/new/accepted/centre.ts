import type { Real } from '@im2grade/nn';

/** Row by row, with the differences from the first row: right in another way than the solution. */
export function centre(x: Real, N: number, D: number, mean: Real, y: Real): void {
  const first = x.slice(0, D);
  y.set(x);
  for (let i = 0; i < N * D; i++) y[i] -= first[i % D];
  mean.fill(0);
  y.forEach((value, i) => (mean[i % D] += value / N));
  y.forEach((value, i) => (y[i] = value - mean[i % D]));
  mean.forEach((value, d) => (mean[d] = first[d] + value));
}
