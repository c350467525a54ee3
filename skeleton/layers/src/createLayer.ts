import { ConvMethod1 } from './ConvMethod1.ts';
import type { ConvolutionalLayer } from './ConvolutionalLayer.ts';
import type { FullyConnectedLayer } from './FullyConnectedLayer.ts';
import type { Layer } from './Layer.ts';
import type { ActivationFunction } from './LearnedLayer.ts';
import { MaxPool } from './MaxPool.ts';
import type { ConvolutionalDescription, FullyConnectedDescription, LayerDescription } from './model.ts';
import type { Size } from './sizes.ts';

/** The modules that the assignment asks for: what is built of them is a net. */
export interface LayerModules {
  readonly FullyConnected: new (
    description: FullyConnectedDescription,
    input: Size,
    activation: ActivationFunction,
  ) => FullyConnectedLayer;
  readonly ConvMethod2: new (
    description: ConvolutionalDescription,
    input: Size,
    output: Size,
    activation: ActivationFunction,
  ) => ConvolutionalLayer;
}

/** The module that a description asks for (`ChooseLayer` of the original); its parameters are zeros. */
export function createLayer(
  { FullyConnected, ConvMethod2 }: LayerModules,
  description: LayerDescription,
  input: Size,
  output: Size,
  activation: ActivationFunction,
): Layer {
  switch (description.type) {
    case 'FC':
      return new FullyConnected(description, input, activation);
    case 'MAXPOOL':
      return new MaxPool(description, input, output);
    case 'CONVOLUTIONAL': {
      const Convolution = description.convolve_method === 'method1' ? ConvMethod1 : ConvMethod2;
      return new Convolution(description, input, output, activation);
    }
  }
}
