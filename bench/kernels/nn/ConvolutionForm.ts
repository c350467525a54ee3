import type { ConvolutionLayers, Geometry } from '@im2grade/nn';

/** A convolution on filled arrays. */
interface PreparedConvolution {
  forward(): void;
  backward(): void;
  readonly output: Float32Array;
  /** Of kernel, biases and images. */
  readonly gradients: readonly Float32Array[];
}

/** A way to compute convolutions with `nn`. */
export interface ConvolutionForm {
  prepare(geometry: Geometry, real: Float32ArrayConstructor): PreparedConvolution;
  /** What a network makes its convolutions of. */
  readonly layers: ConvolutionLayers;
}
