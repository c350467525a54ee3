import { type ActivationFunction, LearnedLayer } from './LearnedLayer.ts';
import type { FullyConnectedDescription } from './model.ts';
import { type Size, unitsOf } from './sizes.ts';

/** A fully connected layer without `ComputeUp` and `ComputeDown`: weights `[K][D]`, a bias for each of its K outputs. */
export abstract class FullyConnectedLayer extends LearnedLayer {
  constructor(
    { type: _type, num_channels, ...rest }: FullyConnectedDescription,
    input: Size,
    activation: ActivationFunction,
  ) {
    super(rest, input, { num_channels, size_y: 1, size_x: 1 }, [num_channels, unitsOf(input)], activation);
  }

  /** The cuboid from the layer below becomes a row. */
  override shapeOfInputs(batchSize: number): number[] {
    return [batchSize, unitsOf(this.input)];
  }
}
