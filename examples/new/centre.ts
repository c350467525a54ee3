import type { Real } from '@im2grade/nn';

/**
 * Subtracts the mean of each column: y[n][d] = x[n][d] − mean[d], and mean[d] = Σ x[n][d] / N.
 *
 * @param x - [N][D] the inputs, a row for each example; only read
 * @param N - the number of rows
 * @param D - the number of columns
 * @param mean - [D] to fill with the mean of each column
 * @param y - [N][D] to fill with the inputs without the mean of their column
 */
export function centre(x: Real, N: number, D: number, mean: Real, y: Real): void {
  // BEGIN SOLUTION task 1
  for (let d = 0; d < D; d++) {
    let sum = 0;
    for (let n = 0; n < N; n++) sum += x[n * D + d];
    mean[d] = sum / N;
    for (let n = 0; n < N; n++) y[n * D + d] = x[n * D + d] - mean[d];
  }
  // END SOLUTION
}
