import { createRandom, type Real } from '@im2grade/nn';
import { reshape, type Tensor, tensor, zeros } from '@im2grade/tensor';
import { createLayer, type LayerModules } from './createLayer.ts';
import type { Derivatives, Layer } from './Layer.ts';
import { LearnedLayer } from './LearnedLayer.ts';
import type { NetworkDescription } from './model.ts';
import { sizesOf } from './sizes.ts';

/** How a network does on a batch. */
export interface Judged {
  /** Cross-entropy, summed over the images: −Σ log(10⁻¹⁰ + probability of the right answer). */
  readonly loss: number;
  /** Images whose right answer is the most probable. */
  readonly correct: number;
}

/** The seed of the initial weights and of the order of the images, as in the original. */
export const SEED = 42;

/** Keeps the logarithm of a probability that has underflowed to 0 finite. */
const SMALLEST = 1e-10;

/** A network: nothing but its layers, one after another. */
export class NeuralNet {
  readonly layers: readonly Layer[];

  /**
   * @param modules - the layers to build with
   * @param seed - of the initial weights
   * @throws LayerMisfit when a layer does not fit the one before
   */
  constructor(description: NetworkDescription, modules: LayerModules, seed = SEED) {
    const sizes = sizesOf(description);
    const last = description.network.length - 1;
    this.layers = description.network.map((layer, i) =>
      createLayer(modules, layer, sizes[i], sizes[i + 1], i === last ? 'softmax' : 'relu'),
    );
    const random = createRandom(seed);
    for (const layer of this.learnedLayers) layer.Initialize(random);
  }

  get learnedLayers(): LearnedLayer[] {
    return this.layers.filter((layer) => layer instanceof LearnedLayer);
  }

  /**
   * Forward propagation.
   *
   * @param images - `[N][C][Y][X]`
   * @returns the images, then the outputs of each layer; the last are the probabilities, `[N][classes]`
   */
  Fprop(images: Tensor): Tensor[] {
    const states = [images];
    this.layers.forEach((layer, i) => {
      const inputs = reshape(states[i], layer.shapeOfInputs(images.shape[0]));
      states.push(layer.ApplyActivation(layer.ComputeUp(inputs)));
    });
    return states;
  }

  /**
   * Back-propagation.
   *
   * @param dC_by_dz - what `ComputeDeriv` gave
   * @param states - what `Fprop` gave
   * @returns the derivatives of each layer, the first layer's first
   */
  Bprop(dC_by_dz: Tensor, states: readonly Tensor[]): Derivatives[] {
    const all = new Array<Derivatives>(this.layers.length);
    let above = dC_by_dz;
    for (let i = this.layers.length - 1; i >= 0; i--) {
      const [layer, outputs] = [this.layers[i], states[i + 1]];
      const inputs = reshape(states[i], layer.shapeOfInputs(states[0].shape[0]));
      const dC_by_doutputs = layer.ApplyDerivativeOfActivation(reshape(above, outputs.shape), outputs);
      all[i] = layer.ComputeDown(dC_by_doutputs, inputs, outputs);
      above = all[i].dC_by_dinputs;
    }
    return all;
  }

  /** One step of learning in every layer. */
  Update(derivatives: readonly Derivatives[]): void {
    this.layers.forEach((layer, i) => layer.Update(derivatives[i]));
  }

  /** y − t: softmax and cross-entropy together, for each image its own. */
  ComputeDeriv(probabilities: Tensor, labels: Uint8Array): Tensor {
    const derivatives = tensor(probabilities.shape, probabilities.data.slice());
    const [, classes] = probabilities.shape;
    labels.forEach((label, n) => (derivatives.data[n * classes + label] -= 1));
    return derivatives;
  }

  ComputeLoss(probabilities: Tensor, labels: Uint8Array): Judged {
    const [N, classes] = probabilities.shape;
    let [loss, correct] = [0, 0];
    for (let n = 0; n < N; n++) {
      const row = probabilities.data.subarray(n * classes, (n + 1) * classes);
      loss -= Math.log(SMALLEST + row[labels[n]]);
      if (row.indexOf(Math.max(...row)) === labels[n]) correct++;
    }
    return { loss, correct };
  }

  /** Up, down and one step of learning. */
  TrainOneMiniBatch(images: Tensor, labels: Uint8Array): Judged {
    const states = this.Fprop(images);
    const probabilities = states[states.length - 1];
    this.Update(this.Bprop(this.ComputeDeriv(probabilities, labels), states));
    return this.ComputeLoss(probabilities, labels);
  }

  /** All parameters by name, `conv_1.weights`, `conv_1.bias` …: the tensors themselves, not copies. */
  Parameters(): Record<string, Tensor> {
    return Object.fromEntries(
      this.learnedLayers.flatMap(({ name, weights, bias }) => [
        [`${name}.weights`, weights],
        [`${name}.bias`, bias],
      ]),
    );
  }

  /** All parameters in one array, in the order of `Parameters`. */
  FlatParameters(): Real {
    const parameters = Object.values(this.Parameters());
    const flat = zeros([parameters.reduce((count, { data }) => count + data.length, 0)]).data;
    let at = 0;
    for (const { data } of parameters) {
      flat.set(data, at);
      at += data.length;
    }
    return flat;
  }

  /**
   * Overwrites all parameters.
   *
   * @param flat - as `FlatParameters` returns them
   * @throws RangeError when there are more or fewer
   */
  SetFlatParameters(flat: Real): void {
    let at = 0;
    for (const { data } of Object.values(this.Parameters())) {
      data.set(flat.subarray(at, at + data.length));
      at += data.length;
    }
    if (at !== flat.length) throw new RangeError(`${flat.length} parameters for a network of ${at}`);
  }
}
