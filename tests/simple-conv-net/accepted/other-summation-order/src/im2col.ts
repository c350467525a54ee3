import { ALL, assign, reshape, slice, type Tensor, zeros } from '@im2grade/tensor';

/** The kernel's positions in another order, and all channels of one at once. */
export function im2col(x: Tensor, kernelSize: number): Tensor {
  const [N, Cin, H, W] = x.shape;
  const K = kernelSize;
  const [outH, outW] = [H - K + 1, W - K + 1];
  const columns = zeros([N, Cin, K * K, outH * outW], x);
  for (let j = K - 1; j >= 0; j--)
    for (let i = 0; i < K; i++)
      assign(columns, [ALL, ALL, i * K + j], slice(x, [ALL, ALL, [i, i + outH], [j, j + outW]]));
  return reshape(columns, [N, Cin * K * K, outH * outW]);
}

export const convWeight2rows = (convWeight: Tensor): Tensor =>
  reshape(convWeight, [convWeight.shape[0], convWeight.data.length / convWeight.shape[0]]);
