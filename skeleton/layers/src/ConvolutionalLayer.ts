import { type ActivationFunction, LearnedLayer } from './LearnedLayer.ts';
import type { ConvolutionalDescription } from './model.ts';
import type { Size } from './sizes.ts';

/** A convolutional layer without `ComputeUp` and `ComputeDown`: weights `[K][C][k][k]`, a bias for each of its K output channels. */
export abstract class ConvolutionalLayer extends LearnedLayer {
  readonly kernel_size: number;
  readonly stride: number;
  readonly padding: number;

  constructor(description: ConvolutionalDescription, input: Size, output: Size, activation: ActivationFunction) {
    const { type: _type, convolve_method: _method, num_channels, kernel_size, stride, padding, ...rest } = description;
    super(rest, input, output, [num_channels, input.num_channels, kernel_size, kernel_size], activation);
    this.kernel_size = kernel_size;
    this.stride = stride;
    this.padding = padding;
  }
}
