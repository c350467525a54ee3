export { convolve } from './convolve.ts';
export { type Derivatives, Layer } from './Layer.ts';
export { type ActivationFunction, LearnedLayer } from './LearnedLayer.ts';
export { FullyConnectedLayer } from './FullyConnectedLayer.ts';
export { ConvolutionalLayer } from './ConvolutionalLayer.ts';
export { ConvMethod1 } from './ConvMethod1.ts';
export { MaxPool } from './MaxPool.ts';
export { type LayerModules } from './createLayer.ts';
export { type Judged, NeuralNet, SEED } from './NeuralNet.ts';
export { type Evaluation, evaluate, type LabelledImages, type Step, trainEpoch } from './training.ts';
export { checkGradients, type GradientVerdict } from './checkGradients.ts';
export { LayerMisfit, type Size, sizesOf, unitsOf } from './sizes.ts';
export type {
  ConvolutionalDescription,
  FullyConnectedDescription,
  LayerDescription,
  Learning,
  MaxPoolDescription,
  Model,
  NetworkDescription,
} from './model.ts';
