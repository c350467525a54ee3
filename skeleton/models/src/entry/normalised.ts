import type { Real } from '@im2grade/nn';

/** Of the red, green and blue of an image, as shares of the full brightness. */
export interface Normalisation {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/**
 * (x / 255 − mean) / deviation, channel by channel.
 *
 * @param images - `[count][y][x][channel]`, a byte a channel
 *
 * @example
 * ```ts
 * evaluate(graph, normalised(images, { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] }));
 * ```
 */
export function normalised(images: Uint8Array, { mean, deviation }: Normalisation): Float32Array {
  const values = new Float32Array(images.length);
  const channels = mean.length;
  const [scale, shift]: Real[] = [
    Float64Array.from(deviation, (each) => 1 / (255 * each)),
    Float64Array.from(deviation, (each, channel) => mean[channel] / each),
  ];
  for (let i = 0; i < images.length; i++) values[i] = images[i] * scale[i % channels] - shift[i % channels];
  return values;
}
