import type { Geometry } from '@im2grade/nn';
import type { Real, RealConstructor } from '@im2grade/engine';

/** One way to compute convolutions; the arguments are those of the public functions, already checked. */
export interface ConvolutionBackend {
  /** Elements of the workspace that `forward` and `backward` of these sizes need. */
  workspace(geometry: Geometry, real: RealConstructor): number;
  forward(geometry: Geometry, image: Real, weights: Real, biases: Real, output: Real, workspace: Real): void;
  backward(
    geometry: Geometry,
    image: Real,
    weights: Real,
    dOutput: Real,
    dWeights: Real,
    dBiases: Real,
    dImage: Real | undefined,
    workspace: Real,
  ): void;
}
