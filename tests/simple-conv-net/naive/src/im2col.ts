import { ALL, assign, reshape, slice, type Tensor, zeros } from '@im2grade/tensor';

/** Patch by patch, as the definition reads: each is cut out of the image and becomes a column. */
export function im2col(x: Tensor, kernelSize: number): Tensor {
  const [N, Cin, H, W] = x.shape;
  const K = kernelSize;
  const [outH, outW] = [H - K + 1, W - K + 1];
  const columns = zeros([N, Cin * K * K, outH * outW], x);
  for (let n = 0; n < N; n++)
    for (let m = 0; m < outH; m++)
      for (let l = 0; l < outW; l++) {
        const patch = slice(x, [n, ALL, [m, m + K], [l, l + K]]);
        assign(columns, [n, ALL, m * outW + l], patch);
      }
  return columns;
}

/** Map by map. */
export function convWeight2rows(convWeight: Tensor): Tensor {
  const [Cout, Cin, K] = convWeight.shape;
  const rows = zeros([Cout, Cin * K * K], convWeight);
  for (let co = 0; co < Cout; co++) assign(rows, [co], reshape(slice(convWeight, [co]), [Cin * K * K]));
  return rows;
}
