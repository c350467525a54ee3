import { NotImplementedError } from '@im2grade/nn';
import type { Tensor } from '@im2grade/tensor';

/**
 * Task 1: the fully connected layer by its definition (5), in loops (`fc_layer_scalar` of the original).
 *
 * z[n][j] = Σ_i weight[j][i] · a[n][i] + bias[j]
 *
 * @param a - `[N][D]`; only read
 * @param weight - `[P][D]`; only read
 * @param bias - `[P]`; only read
 * @returns `[N][P]`
 */
export function fcLayerScalar(a: Tensor, weight: Tensor, bias: Tensor): Tensor {
  const [N, D] = a.shape;
  const [P] = weight.shape;
  // TODO: task 1.
  throw new NotImplementedError('fcLayerScalar', 'task 1: weighted sums, in loops');
}

/**
 * Task 2c: the same as one matrix product, without a loop over elements (`fc_layer_vector` of the original).
 *
 * @param a - `[N][D]`; only read
 * @param weight - `[P][D]`; only read
 * @param bias - `[P]`; only read
 * @returns `[N][P]`
 */
export function fcLayerVector(a: Tensor, weight: Tensor, bias: Tensor): Tensor {
  const [N, D] = a.shape;
  const [P] = weight.shape;
  // TODO: task 2c.
  throw new NotImplementedError('fcLayerVector', 'task 2c: one matrix product and the bias');
}
