import * as tensors from '@im2grade/tensor';
import type { Tensor } from '@im2grade/tensor';

const nd = tensors;
const { zeros } = tensors;

/**
 * The fully connected layer by its definition (5), in loops (`fc_layer_scalar` of the original).
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
  const z = zeros([N, P], a);
  for (let n = 0; n < N; n++)
    for (let j = 0; j < P; j++) {
      let sum = bias.data[j];
      for (let i = 0; i < D; i++) sum += weight.data[j * D + i] * a.data[n * D + i];
      z.data[n * P + j] = sum;
    }
  return z;
}

/**
 * The same as one matrix product, without a loop over elements (`fc_layer_vector` of the original).
 *
 * @param a - `[N][D]`; only read
 * @param weight - `[P][D]`; only read
 * @param bias - `[P]`; only read
 * @returns `[N][P]`
 */
export function fcLayerVector(a: Tensor, weight: Tensor, bias: Tensor): Tensor {
  const here = nd;
  return here.addRow(nd.matmul(a, weight, { transposeB: true }), bias);
}
