import { transposed } from '../graph/Constant.ts';
import type { Shape } from '../graph/Shape.ts';
import type { Convolution } from './convolution.ts';
import type { Take } from './Operator.ts';

/** A convolution in which each output channel sees one input channel; images have their channels last. */
export function depthwise(
  { weights, biases, window }: Convolution,
  [C, Y, X]: Shape,
  [K, OpY, OpX]: Shape,
): (images: Float32Array, count: number, take: Take) => Float32Array {
  const kernel = transposed(weights, [2, 3, 1, 0]).values;
  const offsets = biases ?? new Float32Array(K);
  const channels = Int32Array.from({ length: K }, (_, k) => Math.floor((k * C) / K));
  const [[top], [left]] = window.padding;
  const [[KnY, KnX], [Sy, Sx], [dy, dx]] = [window.size, window.strides, window.dilations];

  /** Adds what one element of the window sees. */
  const add = (images: Float32Array, pixel: number, element: number, result: Float32Array, at: number): void => {
    for (let k = 0; k < K; k++) result[at + k] += images[pixel * C + channels[k]] * kernel[element * K + k];
  };
  return (images, count, take) => {
    const result = take(count * OpY * OpX * K);
    for (let place = 0, at = 0; place < count * OpY * OpX; place++, at += K) {
      result.set(offsets, at);
      const [ox, row] = [place % OpX, Math.floor(place / OpX)];
      const [oy, image] = [row % OpY, Math.floor(row / OpY)];
      for (let ky = 0; ky < KnY; ky++) {
        const y = oy * Sy - top + ky * dy;
        if (y < 0 || y >= Y) continue;
        for (let kx = 0; kx < KnX; kx++) {
          const x = ox * Sx - left + kx * dx;
          if (x >= 0 && x < X) add(images, (image * Y + y) * X + x, ky * KnX + kx, result, at);
        }
      }
    }
    return result;
  };
}
