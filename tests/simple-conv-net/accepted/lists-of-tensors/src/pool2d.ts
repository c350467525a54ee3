import { ALL, maximum, slice, type Tensor, zeros } from '@im2grade/tensor';

export function pool2dScalar(a: Tensor): Tensor {
  const [N, C, H, W] = a.shape;
  const [outH, outW] = [Math.floor(H / 2), Math.floor(W / 2)];
  const z = zeros([N, C, outH, outW], a);
  for (let n = 0; n < N; n++)
    for (let c = 0; c < C; c++)
      for (let m = 0; m < outH; m++)
        for (let l = 0; l < outW; l++) {
          let largest = a.data[((n * C + c) * H + 2 * m) * W + 2 * l];
          for (const [y, x] of [
            [0, 1],
            [1, 0],
            [1, 1],
          ]) {
            const value = a.data[((n * C + c) * H + 2 * m + y) * W + 2 * l + x];
            if (value >= largest) largest = value;
          }
          z.data[((n * C + c) * outH + m) * outW + l] = largest;
        }
  return z;
}

/** The four corners as a list, and the largest of all. */
export function pool2dVector(a: Tensor): Tensor {
  const [, , H, W] = a.shape;
  const [h, w] = [H - (H % 2), W - (W % 2)];
  return [0, 1, 2, 3]
    .map((corner) => slice(a, [ALL, ALL, [corner >> 1, h, 2], [corner % 2, w, 2]]))
    .reduce((largest, corner) => maximum(largest, corner));
}
