import { addColumn, matmul, reshape, type Tensor, zeros } from '@im2grade/tensor';
import { convWeight2rows, im2col } from './im2col.ts';

/** Scatters: each element of the kernel adds its share to a whole map, and the bias comes last. */
export function conv2dScalar(x: Tensor, convWeight: Tensor, convBias: Tensor): Tensor {
  const [N, Cin, H, W] = x.shape;
  const [Cout, , K] = convWeight.shape;
  const [outH, outW] = [H - K + 1, W - K + 1];
  const z = zeros([N, Cout, outH, outW], x);
  for (let j = K - 1; j >= 0; j--)
    for (let i = K - 1; i >= 0; i--)
      for (let ci = 0; ci < Cin; ci++)
        for (let n = 0; n < N; n++)
          for (let co = 0; co < Cout; co++) {
            const factor = convWeight.data[((co * Cin + ci) * K + i) * K + j];
            for (let m = 0; m < outH; m++)
              for (let l = 0; l < outW; l++)
                z.data[((n * Cout + co) * outH + m) * outW + l] +=
                  factor * x.data[((n * Cin + ci) * H + m + i) * W + l + j];
          }
  z.data.forEach((sum, at) => {
    z.data[at] = sum + convBias.data[Math.floor(at / (outH * outW)) % Cout];
  });
  return z;
}

/** As the reference. */
export function conv2dVector(x: Tensor, convWeight: Tensor, convBias: Tensor): Tensor {
  const [N, , H, W] = x.shape;
  const [Cout, , K] = convWeight.shape;
  const sums = addColumn(matmul(convWeight2rows(convWeight), im2col(x, K)), convBias);
  return reshape(sums, [N, Cout, H - K + 1, W - K + 1]);
}
