import { NotImplementedError } from '@im2grade/nn';
import { addColumn, matmul, reshape, slice, stack, type Tensor, zeros } from '@im2grade/tensor';
import { convWeight2rows, im2col } from './im2col.ts';

/**
 * The convolution by its definition (1), in loops (`conv2d_scalar` of the original).
 *
 * z[n][co][m][l] = Σ_ci Σ_i Σ_j x[n][ci][m + i][l + j] · weight[co][ci][i][j] + bias[co], stride 1, no padding.
 *
 * @param x - images `[N][Cin][H][W]`; only read
 * @param convWeight - `[Cout][Cin][K][K]`; only read
 * @param convBias - `[Cout]`; only read
 * @returns `[N][Cout][H − K + 1][W − K + 1]`
 */
export function conv2dScalar(x: Tensor, convWeight: Tensor, convBias: Tensor): Tensor {
  const [N, Cin, H, W] = x.shape;
  const [Cout, , K] = convWeight.shape;
  const [outH, outW] = [H - K + 1, W - K + 1];
  const z = zeros([N, Cout, outH, outW], x);
  let at = 0;
  for (let n = 0; n < N; n++)
    for (let co = 0; co < Cout; co++)
      for (let m = 0; m < outH; m++)
        for (let l = 0; l < outW; l++) {
          let sum = convBias.data[co];
          for (let ci = 0; ci < Cin; ci++)
            for (let i = 0; i < K; i++) {
              const pixel = ((n * Cin + ci) * H + m + i) * W + l;
              const weight = ((co * Cin + ci) * K + i) * K;
              for (let j = 0; j < K; j++) sum += x.data[pixel + j] * convWeight.data[weight + j];
            }
          z.data[at++] = sum;
        }
  return z;
}

/**
 * The same as one matrix product (`conv2d_vector` of the original).
 *
 * The rows of `convWeight2rows` times the columns of `im2col`, and the bias of each map; no loop over elements.
 *
 * @param x - images `[N][Cin][H][W]`; only read
 * @param convWeight - `[Cout][Cin][K][K]`; only read
 * @param convBias - `[Cout]`; only read
 * @returns `[N][Cout][H − K + 1][W − K + 1]`
 */
export function conv2dVector(x: Tensor, convWeight: Tensor, convBias: Tensor): Tensor {
  const [N, , H, W] = x.shape;
  const [Cout, , K] = convWeight.shape;
  if (K > Math.min(H, W)) throw new NotImplementedError('conv2dVector', 'for kernels larger than the image');
  const [, ...map] = [Cout, H - K + 1, W - K + 1];
  const plane = map.reduce((product, size) => product * size, 1);
  const patches = eachImage(im2col(x, K));
  const results = [];
  for (let n = 0; n < N; n++) results[n] = addColumn(matmul(convWeight2rows(convWeight), patches[n]), convBias);
  return reshape(stack(results.map((one) => reshape(one, [Cout, plane]))), [N, Cout, ...map]);
}

/** The columns of each image. */
function eachImage(columns: Tensor) {
  const images = [];
  for (let n = 0; n < columns.shape[0]; n++) images.push(slice(columns, [n]));
  return images;
}
