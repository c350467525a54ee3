import { ALL, assign, reshape, slice, stack, type Tensor, zeros } from '@im2grade/tensor';

/** The rows of each image as a list of tensors, stacked; the images stacked again. */
export function im2col(x: Tensor, kernelSize: number): Tensor {
  const [N, Cin, H, W] = x.shape;
  const K = kernelSize;
  const [outH, outW] = [H - K + 1, W - K + 1];
  const rowsOf = (n: number): Tensor =>
    stack(
      Array.from({ length: Cin * K * K }, (_, row) => {
        const [ci, i, j] = [Math.floor(row / (K * K)), Math.floor(row / K) % K, row % K];
        return reshape(slice(x, [n, ci, [i, i + outH], [j, j + outW]]), [outH * outW]);
      }),
    );
  return stack(Array.from({ length: N }, (_, n) => rowsOf(n)));
}

export function convWeight2rows(convWeight: Tensor): Tensor {
  const [Cout, Cin, K] = convWeight.shape;
  const rows = zeros([Cout, Cin * K * K], convWeight);
  for (let ci = 0; ci < Cin; ci++)
    for (let i = 0; i < K; i++)
      assign(rows, [ALL, [(ci * K + i) * K, (ci * K + i + 1) * K]], slice(convWeight, [ALL, ci, i]));
  return rows;
}
