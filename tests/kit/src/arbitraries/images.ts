import fc from 'fast-check';
import type { ConvolutionSizes, ImageSizes, LinearSizes } from '../oracle/nchw.ts';

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
const several = (wanted: boolean | undefined): fc.Arbitrary<number> => (wanted ? size(2, 4) : fc.constant(1));

/**
 * Convolutions with channels first, by construction: none is rejected, and the feature is always present.
 *
 * @example
 * ```ts
 * const cases = convolutions({ channels: true, nonSquare: true }); // N, C, H, W, Cout, K with C > 1 and H ≠ W
 * ```
 */
export function convolutions({ channels, batch, nonSquare }: ImageFeatures = {}): fc.Arbitrary<ConvolutionSizes> {
  return fc
    .record({
      N: several(batch),
      C: several(channels),
      Cout: size(1, 4),
      K: size(2, 4),
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
 * The same with rows and columns of zeros around the images, fewer than the kernel has.
 *
 * @example
 * ```ts
 * const cases = paddedConvolutions({ batch: true }); // the sizes of a convolution, and `padding` from 1 to K − 1
 * ```
 */
export const paddedConvolutions = (
  features: ImageFeatures = {},
): fc.Arbitrary<ConvolutionSizes & { readonly padding: number }> =>
  convolutions(features).chain((sizes) => size(1, sizes.K - 1).map((padding) => ({ ...sizes, padding })));

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
export const linearLayers = (): fc.Arbitrary<LinearSizes> => fc.record({ N: size(1, 4), D: size(1, 6), P: size(1, 5) });
