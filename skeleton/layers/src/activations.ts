import { maximum, type Tensor, zeros } from '@im2grade/tensor';

/** max(0, z). */
export const relu = (z: Tensor): Tensor => maximum(z, 0);

/** A unit that was cut off passes no gradient down. */
export function reluDerivative(dC_by_doutputs: Tensor, outputs: Tensor): Tensor {
  const result = zeros(dC_by_doutputs.shape, dC_by_doutputs);
  for (let i = 0; i < result.data.length; i++) result.data[i] = outputs.data[i] > 0 ? dC_by_doutputs.data[i] : 0;
  return result;
}

/**
 * exp(z[n][k]) / Σ_j exp(z[n][j]), each row on its own. The row's maximum is subtracted first, so that nothing overflows.
 *
 * @param z - `[N][classes]`
 */
export function softmax(z: Tensor): Tensor {
  const [N, classes] = z.shape;
  const result = zeros(z.shape, z);
  for (let n = 0; n < N; n++) {
    const row = result.data.subarray(n * classes, (n + 1) * classes);
    row.set(z.data.subarray(n * classes, (n + 1) * classes));
    const largest = Math.max(...row);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += row[k] = Math.exp(row[k] - largest);
    for (let k = 0; k < classes; k++) row[k] /= sum;
  }
  return result;
}
