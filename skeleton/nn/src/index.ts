export {
  type Backend,
  realOf,
  type Real,
  type RealConstructor,
  type Team,
  teamOfOne,
  type Transpose,
  useRuntime,
} from '@im2grade/engine';
export { createRandom, type Random } from './numbers/random.ts';
export { convGeometry, GeometryError, type Geometry } from './geometry.ts';
export { NotImplementedError } from './NotImplementedError.ts';
export { gemm } from './gemm.ts';
export { countOperation, operationsSoFar } from './operations.ts';
export { Activation } from './network/Activation.ts';
export { Params } from './network/Params.ts';
export { Layer } from './network/Layer.ts';
export type { ConvolutionFactory, ConvolutionLayers, Network, NetworkOptions } from './network/Network.ts';
export {
  parameterCount,
  type InputSize,
  type LayerDescription,
  type NetworkDescription,
} from './network/NetworkDescription.ts';
export { ConvolutionLayer } from './layers/ConvolutionLayer.ts';
export { LReLuLayer } from './layers/LReLuLayer.ts';
export { SoftMaxLayer } from './layers/SoftMaxLayer.ts';
export { crossEntropy } from './losses/crossEntropy.ts';
export { Adam } from './optimizers/Adam.ts';
export { MomentumSGD } from './optimizers/MomentumSGD.ts';
export { type Optimizer } from './optimizers/Optimizer.ts';
export { train, type TrainingHooks } from './training/train.ts';
export { evaluate, type Evaluation } from './training/evaluate.ts';
export { createOptimizer, type OptimizerPlan, type TrainingPlan } from './training/TrainingPlan.ts';
export {
  gradientCheck,
  renderGradientCheck,
  type GradientReport,
  type TensorReport,
} from './training/gradientCheck.ts';
export { differenceStep, GRADIENT_TOLERANCE, gradientError } from './checking/centralDifference.ts';
export { type Axis, coordinates } from './checking/axes.ts';
export { firstDifference, describeDifference, type Difference } from './checking/firstDifference.ts';
export { type Entry, type EntryCall } from './entry.ts';
