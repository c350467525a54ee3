import { sizeOf, type Tensor, tensor } from '@im2grade/tensor';
import {
  convolved,
  type ConvolutionSizes,
  derivatives,
  type DerivativeSums,
  type Named,
  type RandomData,
} from '@im2grade/kit';

/** Of the images as they are, without their padding. */
export type Sizes = ConvolutionSizes & { readonly padding: number };

export const withPadding = (s: Sizes): ConvolutionSizes => ({ ...s, H: s.H + 2 * s.padding, W: s.W + 2 * s.padding });
export const geometryOf = ({ N, C, H, W, Cout, K, padding }: Sizes) => ({ N, C, Y: H, X: W, K: Cout, k: K, padding });

export function tensorsOf({ real }: RandomData, s: Sizes) {
  const make = (...shape: number[]) => tensor(shape, real(sizeOf(shape)));
  return {
    x: make(s.N, s.C, s.H, s.W),
    weights: make(s.Cout, s.C, s.K, s.K),
    bias: make(s.Cout),
    above: make(s.N, s.Cout, ...convolved(withPadding(s))),
  };
}
export type Tensors = ReturnType<typeof tensorsOf>;

/** The position of each pixel in the padded images. */
function placesIn(s: Sizes): Int32Array {
  const { H, W } = withPadding(s);
  return Int32Array.from({ length: s.N * s.C * s.H * s.W }, (_, i) => {
    const [map, y, x] = [Math.floor(i / (s.H * s.W)), Math.floor(i / s.W) % s.H, i % s.W];
    return (map * H + y + s.padding) * W + x + s.padding;
  });
}

export function padded(s: Sizes, { data }: Tensor): Float64Array {
  const { N, C, H, W } = withPadding(s);
  const result = new Float64Array(N * C * H * W);
  placesIn(s).forEach((place, i) => (result[place] = data[i]));
  return result;
}

/** The numbers of the padded images that are not padding. */
export const cropped = (s: Sizes, values: ArrayLike<number>): Float64Array =>
  Float64Array.from(placesIn(s), (place) => values[place]);

/** By the oracle, which has no padding: zeros are added around the images, and removed again in the backward pass. */
export function derivativesBy(s: Sizes, { x, weights, above }: Tensors): DerivativeSums {
  const { inputs, ...rest } = derivatives.conv2d(withPadding(s), above.data, padded(s, x), weights.data);
  return {
    ...rest,
    inputs: { values: cropped(s, inputs.values), magnitudes: cropped(s, inputs.magnitudes), terms: inputs.terms },
  };
}

export const MAPS = ['n', 'k', 'y', 'x'];
const IMAGES = ['n', 'c', 'y', 'x'];
const KERNELS = ['k', 'c', 'i', 'j'];

export function namedInputs({ x, weights, bias, above }: Tensors, isDown: boolean): Named[] {
  return [
    ...(isDown ? [{ name: 'dC_by_doutputs', axes: MAPS, value: above }] : []),
    { name: 'inputs', axes: IMAGES, value: x },
    { name: 'weights', axes: KERNELS, value: weights },
    ...(isDown ? [] : [{ name: 'bias', axes: ['k'], value: bias }]),
  ];
}

/** The three results of the backward pass: their output, name and axes, and their law. */
export const DOWN = {
  inputs: {
    output: 0,
    name: 'dC_by_dinputs',
    axes: IMAGES,
    law: 'Σ dC_by_doutputs[n][k][y − i + padding][x − j + padding] · weights[k][c][i][j]',
  },
  weights: {
    output: 1,
    name: 'dC_by_dweights',
    axes: KERNELS,
    law: 'Σ dC_by_doutputs[k][y][x] · inputs[c][y + i − padding][x + j − padding], for one image',
  },
  bias: { output: 2, name: 'dC_by_dbias', axes: ['k'], law: 'Σ dC_by_doutputs[k][y][x], for one image' },
} as const;
