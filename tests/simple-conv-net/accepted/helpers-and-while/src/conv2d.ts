import { addColumn, matmul, offset, reshape, type Tensor, zeros } from '@im2grade/tensor';
import { convWeight2rows, im2col } from './im2col.ts';

/** One output: a function of its own, by indices. */
function output(x: Tensor, convWeight: Tensor, [n, co, m, l]: readonly number[]): number {
  const [, Cin, K] = convWeight.shape;
  let sum = 0;
  for (let ci = 0; ci < Cin; ci++)
    for (let i = 0; i < K; i++)
      for (let j = 0; j < K; j++)
        sum += x.data[offset(x, [n, ci, m + i, l + j])] * convWeight.data[offset(convWeight, [co, ci, i, j])];
  return sum;
}

export function conv2dScalar(x: Tensor, convWeight: Tensor, convBias: Tensor): Tensor {
  const [N, , H, W] = x.shape;
  const [Cout, , K] = convWeight.shape;
  const z = zeros([N, Cout, H - K + 1, W - K + 1], x);
  let n = 0;
  while (n < N) {
    for (let co = 0; co < Cout; co++)
      for (let m = 0; m < H - K + 1; m++)
        for (let l = 0; l < W - K + 1; l++)
          z.data[offset(z, [n, co, m, l])] = output(x, convWeight, [n, co, m, l]) + convBias.data[co];
    n++;
  }
  return z;
}

const multiply = (weights: Tensor, columns: Tensor, bias: Tensor): Tensor => addColumn(matmul(weights, columns), bias);

export function conv2dVector(x: Tensor, convWeight: Tensor, convBias: Tensor): Tensor {
  const [N, , H, W] = x.shape;
  const [Cout, , K] = convWeight.shape;
  const z = multiply(convWeight2rows(convWeight), im2col(x, K), convBias);
  return reshape(z, [N, Cout, H - K + 1, W - K + 1]);
}
