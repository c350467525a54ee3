import type { Tensor } from '@im2grade/tensor';
import type { Size } from './sizes.ts';

/** The derivatives that a layer passes down, and those of what it learns. */
export interface Derivatives {
  /** Of each image's own cost, in the shape of the inputs. */
  readonly dC_by_dinputs: Tensor;
  /** The mean over the batch, in the shape of the weights; none if the layer learns nothing. */
  readonly dC_by_dweights?: Tensor;
  /** The mean over the batch. */
  readonly dC_by_dbias?: Tensor;
}

/** A layer as a module: it knows its inputs and its outputs, and nothing of the layers around it. */
export abstract class Layer {
  readonly name: string;
  readonly input: Size;
  readonly output: Size;

  constructor(name: string, input: Size, output: Size) {
    this.name = name;
    this.input = input;
    this.output = output;
  }

  /** The shape of a batch of inputs as images: `[N][C][Y][X]`. */
  shapeOfImages(batchSize: number): number[] {
    return [batchSize, this.input.num_channels, this.input.size_y, this.input.size_x];
  }

  /** The shape in which the layer wants a batch of inputs. */
  shapeOfInputs(batchSize: number): number[] {
    return this.shapeOfImages(batchSize);
  }

  /**
   * Forward propagation through this layer, without the activation function.
   *
   * @param inputs - a batch; only read
   */
  abstract ComputeUp(inputs: Tensor): Tensor;

  /**
   * Back-propagation through this layer.
   *
   * @param dC_by_doutputs - for each image the derivatives of its cost with respect to what `ComputeUp` returned; only read
   * @param inputs - what `ComputeUp` was given; only read
   * @param outputs - what `ComputeUp` returned, with the activation function applied; only read
   */
  abstract ComputeDown(dC_by_doutputs: Tensor, inputs: Tensor, outputs: Tensor): Derivatives;

  /** Applies the activation function to the outputs of `ComputeUp`; a layer that learns nothing has none. */
  ApplyActivation(outputs: Tensor): Tensor {
    return outputs;
  }

  /** Derivatives with respect to activated outputs become those with respect to what `ComputeUp` returned. */
  ApplyDerivativeOfActivation(dC_by_doutputs: Tensor, _outputs: Tensor): Tensor {
    return dC_by_doutputs;
  }

  /** One step of learning. */
  Update(_derivatives: Derivatives): void {}
}
