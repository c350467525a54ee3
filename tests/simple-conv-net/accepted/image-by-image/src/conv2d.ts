import { addColumn, matmul, reshape, slice, stack, type Tensor, zeros } from '@im2grade/tensor';
import { convWeight2rows, im2col } from './im2col.ts';

/** Loops by definition. */
export function conv2dScalar(x: Tensor, convWeight: Tensor, convBias: Tensor): Tensor {
  const [N, Cin, H, W] = x.shape;
  const [Cout, , K] = convWeight.shape;
  const z = zeros([N, Cout, H - K + 1, W - K + 1], x);
  const [, , outH, outW] = z.shape;
  for (let n = 0; n < N; n++)
    for (let co = 0; co < Cout; co++)
      for (let m = 0; m < outH; m++)
        for (let l = 0; l < outW; l++) {
          let sum = 0;
          for (let ci = 0; ci < Cin; ci++)
            for (let i = 0; i < K; i++)
              for (let j = 0; j < K; j++)
                sum +=
                  x.data[((n * Cin + ci) * H + m + i) * W + l + j] * convWeight.data[((co * Cin + ci) * K + i) * K + j];
          z.data[((n * Cout + co) * outH + m) * outW + l] = sum + convBias.data[co];
        }
  return z;
}

/** A product for each image, stacked at the end. */
export function conv2dVector(x: Tensor, convWeight: Tensor, convBias: Tensor): Tensor {
  const [N, , H, W] = x.shape;
  const [Cout, , K] = convWeight.shape;
  const [columns, rows] = [im2col(x, K), convWeight2rows(convWeight)];
  const maps: Tensor[] = [];
  for (let n = 0; n < N; n++) {
    const sums = addColumn(matmul(rows, slice(columns, [n])), convBias);
    maps[n] = reshape(sums, [Cout, H - K + 1, W - K + 1]);
  }
  return stack(maps);
}
