import { addColumn, ALL, assign, matmul, reshape, slice, type Tensor, zeros } from '@im2grade/tensor';
import { convWeight2rows, im2col } from './im2col.ts';

/** Loops by definition, over flat indices. */
export function conv2dScalar(x: Tensor, convWeight: Tensor, convBias: Tensor): Tensor {
  const [N, Cin, H, W] = x.shape;
  const [Cout, , K] = convWeight.shape;
  const [outH, outW] = [H - K + 1, W - K + 1];
  const z = zeros([N, Cout, outH, outW], x);
  for (let at = 0; at < z.data.length; at++) {
    const [l, m] = [at % outW, Math.floor(at / outW) % outH];
    const co = Math.floor(at / (outW * outH)) % Cout;
    const n = Math.floor(at / (outW * outH * Cout));
    z.data[at] = convBias.data[co];
    for (let k = 0; k < Cin * K * K; k++) {
      const [ci, i, j] = [Math.floor(k / (K * K)), Math.floor(k / K) % K, k % K];
      z.data[at] += convWeight.data[co * Cin * K * K + k] * x.data[((n * Cin + ci) * H + m + i) * W + l + j];
    }
  }
  return z;
}

/** The patches of the whole batch as one matrix, one product, and the maps cut out of it again. */
export function conv2dVector(x: Tensor, convWeight: Tensor, convBias: Tensor): Tensor {
  const [N, , H, W] = x.shape;
  const [Cout, , K] = convWeight.shape;
  const [outH, outW] = [H - K + 1, W - K + 1];
  const columns = im2col(x, K);
  const [, patch, plane] = columns.shape;
  const wide = zeros([patch, N, plane], x);
  for (let n = 0; n < N; n++) assign(wide, [ALL, n], slice(columns, [n]));
  const sums = addColumn(matmul(convWeight2rows(convWeight), reshape(wide, [patch, N * plane])), convBias);
  const z = zeros([N, Cout, outH, outW], x);
  for (let n = 0; n < N; n++) assign(z, [n], slice(sums, [ALL, [n * plane, (n + 1) * plane]]));
  return z;
}
