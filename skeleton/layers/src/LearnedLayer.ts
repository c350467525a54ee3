import type { Random } from '@im2grade/nn';
import { sizeOf, type Tensor, zeros } from '@im2grade/tensor';
import { relu, reluDerivative, softmax } from './activations.ts';
import { type Derivatives, Layer } from './Layer.ts';
import type { Learning } from './model.ts';
import type { Size } from './sizes.ts';

/** What follows a layer that learns: ReLU, or softmax if its outputs are the network's. */
export type ActivationFunction = 'relu' | 'softmax';

/** A layer with weights and a bias for each output channel: its initial parameters and its steps of learning. */
export abstract class LearnedLayer extends Layer {
  readonly activation: ActivationFunction;
  readonly learning: Learning;
  weights: Tensor;
  bias: Tensor;
  /** What momentum carries over from one step to the next. */
  readonly velocities: { readonly weights: Tensor; readonly bias: Tensor };

  constructor(
    { name, ...learning }: Learning & { readonly name: string },
    input: Size,
    output: Size,
    weightShape: readonly number[],
    activation: ActivationFunction,
  ) {
    super(name, input, output);
    this.learning = learning;
    this.activation = activation;
    this.weights = zeros(weightShape);
    this.bias = zeros([output.num_channels]);
    this.velocities = { weights: zeros(weightShape), bias: zeros([output.num_channels]) };
  }

  /** Initial weights: normal with deviation `init_wt`. Biases and velocities 0. */
  Initialize(random: Random): void {
    const { data } = this.weights;
    for (let i = 0; i < data.length; i++) data[i] = this.learning.init_wt * random.normal();
    for (const { data: zero } of [this.bias, this.velocities.weights, this.velocities.bias]) zero.fill(0);
  }

  /**
   * Replaces the parameters; nothing is copied.
   *
   * @throws RangeError when the shapes are not the layer's
   */
  SetParameters(weights: Tensor, bias: Tensor): void {
    if (weights.shape.join() !== this.weights.shape.join() || bias.data.length !== sizeOf(this.bias.shape))
      throw new RangeError(`${this.name}: weights and bias of other shapes than the layer's`);
    this.weights = weights;
    this.bias = bias;
  }

  override ApplyActivation(outputs: Tensor): Tensor {
    return this.activation === 'softmax' ? softmax(outputs) : relu(outputs);
  }

  /** With softmax there is nothing to do: the derivative that back-propagation begins with, y − t, is that of softmax's inputs. */
  override ApplyDerivativeOfActivation(dC_by_doutputs: Tensor, outputs: Tensor): Tensor {
    return this.activation === 'softmax' ? dC_by_doutputs : reluDerivative(dC_by_doutputs, outputs);
  }

  /**
   * dw += l2_decay·w; v = momentum·v − epsilon·dw; w += v. The bias likewise, without decay.
   *
   * @throws TypeError when derivatives are missing
   */
  override Update({ dC_by_dweights, dC_by_dbias }: Derivatives): void {
    if (!dC_by_dweights || !dC_by_dbias)
      throw new TypeError(`${this.name}: ComputeDown gave no dC_by_dweights or dC_by_dbias`);
    const { l2_decay } = this.learning;
    this.#step(this.weights, dC_by_dweights, this.velocities.weights, l2_decay);
    this.#step(this.bias, dC_by_dbias, this.velocities.bias, 0);
  }

  #step({ data: values }: Tensor, { data: gradient }: Tensor, { data: velocity }: Tensor, l2_decay: number): void {
    const { epsilon, momentum } = this.learning;
    for (let i = 0; i < values.length; i++) {
      velocity[i] = momentum * velocity[i] - epsilon * (gradient[i] + l2_decay * values[i]);
      values[i] += velocity[i];
    }
  }
}
