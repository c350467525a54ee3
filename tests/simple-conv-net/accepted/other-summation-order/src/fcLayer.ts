import { gemm, realOf } from '@im2grade/nn';
import { type Tensor, tensor, zeros } from '@im2grade/tensor';

/** Input by input: each adds its share to all outputs. */
export function fcLayerScalar(a: Tensor, weight: Tensor, bias: Tensor): Tensor {
  const [N, D] = a.shape;
  const [P] = weight.shape;
  const z = zeros([N, P], a);
  for (let n = 0; n < N; n++) {
    for (let i = D - 1; i >= 0; i--)
      for (let j = 0; j < P; j++) z.data[n * P + j] += a.data[n * D + i] * weight.data[j * D + i];
    for (let j = 0; j < P; j++) z.data[n * P + j] += bias.data[j];
  }
  return z;
}

/** The biases laid out first, the product added to them by BLAS's own arguments. */
export function fcLayerVector(a: Tensor, weight: Tensor, bias: Tensor): Tensor {
  const [N, D] = a.shape;
  const [P] = weight.shape;
  const data = new (realOf(a.data))(N * P);
  for (let n = 0; n < N; n++) data.set(bias.data, n * P);
  gemm('N', 'T', N, P, D, 1, a.data, D, weight.data, D, 1, data, P);
  return tensor([N, P], data);
}
