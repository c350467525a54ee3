import { ALL, assign, reshape, slice, type Tensor, zeros } from '@im2grade/tensor';

/** A row of patches at a time: outW patches next to each other share the rows of the image. */
export function im2col(x: Tensor, kernelSize: number): Tensor {
  const [N, Cin, H, W] = x.shape;
  const K = kernelSize;
  const [outH, outW] = [H - K + 1, W - K + 1];
  const columns = zeros([N, Cin, K, K, outH, outW], x);
  for (let m = 0; m < outH; m++)
    for (let j = 0; j < K; j++) assign(columns, [ALL, ALL, ALL, j, m], slice(x, [ALL, ALL, [m, m + K], [j, j + outW]]));
  return reshape(columns, [N, Cin * K * K, outH * outW]);
}

export function convWeight2rows(convWeight: Tensor): Tensor {
  const [Cout, Cin, K] = convWeight.shape;
  return reshape(convWeight, [Cout, Cin * K * K]);
}
