import fc from 'fast-check';
import type { ConvolutionSizes, ImageSizes, LinearSizes } from '../oracle/nchw.ts';
import { BATCHES } from './geometries.ts';

/** The features that a case may have; features that are left out stay plain. */
export interface ImageFeatures {
  /** More than one channel; one without it. */
  readonly channels?: boolean;
  /** More than one image; one without it. */
  readonly batch?: boolean;
  /** H ≠ W; equal without it. */
  readonly nonSquare?: boolean;
}

const size = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const several = (wanted: boolean | undefined): fc.Arbitrary<number> => (wanted ? size(2, 6) : fc.constant(1));
const images = (wanted: boolean | undefined): fc.Arbitrary<number> =>
  wanted ? fc.constantFrom(...BATCHES) : fc.constant(1);

/**
 * Convolutions with channels first, by construction: none is rejected, and the feature is always present.
 *
 * @example
 * ```ts
 * const cases = convolutions({ channels: true, nonSquare: true }); // N, C, H, W, Cout, K with C > 1 and H ≠ W
 * ```
 */
export const convolutions = (features: ImageFeatures = {}): fc.Arbitrary<ConvolutionSizes> =>
  convolutionsFrom(1, features);

function convolutionsFrom(
  leastK: number,
  { channels, batch, nonSquare }: ImageFeatures,
): fc.Arbitrary<ConvolutionSizes> {
  return fc
    .record({
      N: images(batch),
      C: several(channels),
      Cout: size(1, 6),
      K: size(leastK, 5),
      steps: size(1, 4),
      more: size(1, 3),
      swap: fc.boolean(),
    })
    .map(({ N, C, Cout, K, steps, more, swap }) => {
      const [short, long] = [K + steps, K + steps + (nonSquare ? more : 0)];
      return { N, C, Cout, K, H: swap ? long : short, W: swap ? short : long };
    });
}

/**
 * The same with a padding smaller than the kernel.
 *
 * @example
 * ```ts
 * const cases = paddedConvolutions({ batch: true }); // the sizes of a convolution, and `padding` from 1 to K − 1
 * ```
 */
export const paddedConvolutions = (
  features: ImageFeatures = {},
): fc.Arbitrary<ConvolutionSizes & { readonly padding: number }> =>
  convolutionsFrom(2, features).chain((sizes) => size(1, sizes.K - 1).map((padding) => ({ ...sizes, padding })));

/**
 * More columns, rows, images, channels, maps and kernel elements than a byte counts, more pixels than two bytes count,
 * and a kernel as large as the image.
 */
export const LARGE_CONVOLUTIONS: readonly ConvolutionSizes[] = [
  { N: 1, C: 1, H: 2, W: 300, Cout: 1, K: 2 },
  { N: 1, C: 1, H: 300, W: 2, Cout: 1, K: 2 },
  { N: 260, C: 1, H: 2, W: 3, Cout: 1, K: 2 },
  { N: 1, C: 270, H: 3, W: 3, Cout: 1, K: 2 },
  { N: 1, C: 1, H: 3, W: 2, Cout: 270, K: 2 },
  { N: 1, C: 1, H: 17, W: 17, Cout: 2, K: 17 },
  { N: 1, C: 1, H: 263, W: 256, Cout: 1, K: 1 },
  { N: 1, C: 1, H: 257, W: 257, Cout: 1, K: 257 },
];

/** Several images, channels and maps, and kernels as high as the images, as wide, or both. */
export const KERNEL_SIZED_IMAGES: readonly ConvolutionSizes[] = [
  { N: 2, C: 3, H: 1, W: 1, Cout: 2, K: 1 },
  { N: 3, C: 2, H: 3, W: 3, Cout: 2, K: 3 },
  { N: 3, C: 2, H: 2, W: 4, Cout: 3, K: 2 },
  { N: 2, C: 3, H: 4, W: 2, Cout: 2, K: 2 },
];

/**
 * Three images in batches that have each again and again, in an irregular order: more than a block of 16 or 64 has, by
 * one or by a few, and more than a byte counts.
 */
export const BATCHES_OF_THREE: readonly (readonly number[])[] = [17, 67, 260].map((length) =>
  Array.from({ length }, (_, n) => ((n * n) % 11) % 3),
);

/** One image of one channel and one map; then several of each. For `workShowsIn`. */
export const PLAIN_CONVOLUTIONS: readonly ConvolutionSizes[] = [
  { N: 1, C: 1, H: 4, W: 4, Cout: 1, K: 2 },
  { N: 3, C: 3, H: 4, W: 4, Cout: 3, K: 2 },
];

/**
 * Images to be pooled, of several maps. H and W are even; with `odd`, at least one of them is odd.
 *
 * @example
 * ```ts
 * const cases = pooledImages({ odd: true }); // N, C, H, W; H or W is odd
 * ```
 */
export function pooledImages({ odd = false }: { readonly odd?: boolean } = {}): fc.Arbitrary<ImageSizes> {
  return fc
    .record({ N: size(1, 3), C: size(1, 3), h: size(1, 3), w: size(1, 3), oddSides: fc.constantFrom(1, 2, 3) })
    .map(({ N, C, h, w, oddSides }) => ({
      N,
      C,
      H: 2 * h + (odd ? oddSides & 1 : 0),
      W: 2 * w + (odd ? oddSides >> 1 : 0),
    }));
}

/**
 * Fully connected layers whose three sizes seldom coincide.
 *
 * @example
 * ```ts
 * const cases = linearLayers(); // N rows, D inputs, P outputs
 * ```
 */
export const linearLayers = (): fc.Arbitrary<LinearSizes> => fc.record({ N: size(1, 6), D: size(1, 7), P: size(1, 6) });

/** More rows, inputs and outputs than a byte counts; of inputs, weights or outputs more than two bytes count. */
export const LARGE_LINEAR_LAYERS: readonly LinearSizes[] = [
  { N: 300, D: 300, P: 2 },
  { N: 2, D: 300, P: 300 },
  { N: 300, D: 2, P: 300 },
];

/** Several images of many more inputs than outputs. For `workShowsIn`. */
export const PLAIN_LINEAR_LAYERS: readonly LinearSizes[] = [{ N: 3, D: 8, P: 3 }];

/** More columns, rows, images and maps than a byte counts, and more pixels than two bytes count. */
export const LARGE_IMAGES: readonly ImageSizes[] = [
  { N: 1, C: 1, H: 2, W: 301 },
  { N: 1, C: 1, H: 301, W: 3 },
  { N: 260, C: 2, H: 2, W: 3 },
  { N: 2, C: 260, H: 3, W: 2 },
  { N: 1, C: 1, H: 264, W: 256 },
];

/** One image; then several of several maps. For `workShowsIn`. */
export const PLAIN_IMAGES: readonly ImageSizes[] = [
  { N: 1, C: 1, H: 4, W: 4 },
  { N: 3, C: 3, H: 4, W: 4 },
];
