import { ALL, maximum, slice, type Tensor, zeros } from '@im2grade/tensor';

/** Scatters: each element is compared with what its window has so far. */
export function pool2dScalar(a: Tensor): Tensor {
  const [N, C, H, W] = a.shape;
  const z = zeros([N, C, H >> 1, W >> 1], a);
  z.data.fill(-Infinity);
  for (let map = 0; map < N * C; map++)
    for (let y = 0; y < H - (H % 2); y++)
      for (let x = 0; x < W - (W % 2); x++) {
        const window = (map * (H >> 1) + (y >> 1)) * (W >> 1) + (x >> 1);
        const value = a.data[(map * H + y) * W + x];
        if (value > z.data[window]) z.data[window] = value;
      }
  return z;
}

/** First the larger of two rows, then of two columns. */
export function pool2dVector(a: Tensor): Tensor {
  const [, , H, W] = a.shape;
  const [h, w] = [2 * (H >> 1), 2 * (W >> 1)];
  const rows = maximum(slice(a, [ALL, ALL, [0, h, 2]]), slice(a, [ALL, ALL, [1, h, 2]]));
  return maximum(slice(rows, [ALL, ALL, ALL, [0, w, 2]]), slice(rows, [ALL, ALL, ALL, [1, w, 2]]));
}
