import type { Real } from '@im2grade/nn';
import { addTerm, asProduct, emptySums, type Sums } from './sums.ts';

/** A batch of images with channels before rows and columns. */
export type ImageSizes = Readonly<Record<'N' | 'C' | 'H' | 'W', number>>;

/** A convolution with stride 1 and no padding: images `[N][C][H][W]`, kernels `[Cout][C][K][K]`. */
export type ConvolutionSizes = ImageSizes & Readonly<Record<'Cout' | 'K', number>>;

/** A fully connected layer: rows `[N][D]`, weights `[P][D]`. */
export type LinearSizes = Readonly<Record<'N' | 'D' | 'P', number>>;

/**
 * The output's rows and columns.
 *
 * @example
 * ```ts
 * convolved({ N: 1, C: 1, H: 5, W: 4, Cout: 1, K: 3 }); // [3, 2]
 * ```
 */
export const convolved = ({ H, W, K }: ConvolutionSizes): [number, number] => [H - K + 1, W - K + 1];
/**
 * The output's rows and columns of a 2×2 pooling.
 *
 * @example
 * ```ts
 * pooled({ N: 1, C: 1, H: 5, W: 4 }); // [2, 2]
 * ```
 */
export const pooled = ({ H, W }: ImageSizes): [number, number] => [Math.floor(H / 2), Math.floor(W / 2)];

/** The numbers from 0 to n − 1. */
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Calls `visit` for every element of every patch with the indices of both, image by image. */
export function eachPatchElement(
  s: ConvolutionSizes,
  visit: (at: { n: number; row: number; pixelOut: number; pixel: number }) => void,
): void {
  const [outH, outW] = convolved(s);
  for (const n of upTo(s.N))
    for (const c of upTo(s.C))
      for (const i of upTo(s.K))
        for (const j of upTo(s.K))
          for (const m of upTo(outH))
            for (const l of upTo(outW))
              visit({
                n,
                row: (c * s.K + i) * s.K + j,
                pixelOut: m * outW + l,
                pixel: ((n * s.C + c) * s.H + m + i) * s.W + l + j,
              });
}

/**
 * The oracle for layers with channels first: every operation by its definition, in float64, without a matrix product.
 *
 * @example
 * ```ts
 * const z = nchw.fcLayer({ N: 1, D: 2, P: 1 }, Float64Array.of(1, 2), Float64Array.of(10, 100), Float64Array.of(0.5));
 * z.values; // [210.5]
 * ```
 */
export const nchw = {
  /** z[n][co][m][l] = Σ x[n][c][m + i][l + j] · weight[co][c][i][j] + bias[co] */
  conv2d(s: ConvolutionSizes, x: Real, weight: Real, bias: Real): Sums {
    const [outH, outW] = convolved(s);
    const [patch, plane] = [s.C * s.K * s.K, outH * outW];
    const output = emptySums(s.N * s.Cout * plane, patch + 1);
    output.values.forEach((_, i) => addTerm(output, i, bias[Math.floor(i / plane) % s.Cout]));
    eachPatchElement(s, ({ n, row, pixelOut, pixel }) => {
      for (const co of upTo(s.Cout))
        addTerm(output, (n * s.Cout + co) * plane + pixelOut, x[pixel] * weight[co * patch + row]);
    });
    return asProduct(output, [s.N * plane, patch, s.Cout]);
  },

  /** Column m·outW + l of image n is the patch that begins at (m, l). */
  im2col(s: ConvolutionSizes, x: Real): Float64Array {
    const [outH, outW] = convolved(s);
    const [patch, plane] = [s.C * s.K * s.K, outH * outW];
    const columns = new Float64Array(s.N * patch * plane);
    eachPatchElement(s, ({ n, row, pixelOut, pixel }) => {
      columns[(n * patch + row) * plane + pixelOut] = x[pixel];
    });
    return columns;
  },

  /** The largest of each two by two; the last row or column of an odd size belongs to none. */
  pool2d({ N, C, H, W }: ImageSizes, a: Real): Float64Array {
    const [outH, outW] = [Math.floor(H / 2), Math.floor(W / 2)];
    const largest = new Float64Array(N * C * outH * outW).fill(-Infinity);
    for (let i = 0; i < N * C * H * W; i++) {
      const [map, y, x] = [Math.floor(i / (H * W)), Math.floor((Math.floor(i / W) % H) / 2), Math.floor((i % W) / 2)];
      if (y >= outH || x >= outW) continue;
      const window = (map * outH + y) * outW + x;
      if (a[i] > largest[window]) largest[window] = a[i];
    }
    return largest;
  },

  relu: (a: Real): Float64Array => Float64Array.from(a, (value) => (value > 0 ? value : 0)),

  /** z[n][p] = Σ weight[p][d] · a[n][d] + bias[p] */
  fcLayer({ N, D, P }: LinearSizes, a: Real, weight: Real, bias: Real): Sums {
    const output = emptySums(N * P, D + 1);
    for (let i = 0; i < N * P; i++) {
      const [n, p] = [Math.floor(i / P), i % P];
      addTerm(output, i, bias[p]);
      for (let d = 0; d < D; d++) addTerm(output, i, weight[p * D + d] * a[n * D + d]);
    }
    return asProduct(output, [N, D, P]);
  },
};
