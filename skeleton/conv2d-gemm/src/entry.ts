import { Activation, Params, realOf, train } from '@im2grade/nn';
import type { EntryCall, Entry, Geometry, InputSize, NetworkDescription, Real, TrainingPlan } from '@im2grade/nn';
import { tuned } from './classify.ts';
import { Conv2DLayer } from './Conv2DLayer.ts';
import { Im2MatLayer } from './Im2MatLayer.ts';
import { createNetwork } from './network.ts';

/**
 * What the grader calls: one function for each of yours, values in and values out.
 *
 * Nothing here judges; results are compared elsewhere. You need not read it to solve the assignment.
 */
export const entry: Entry = {
  Im2Mat({ options, inputs, outputs, team }: EntryCall<OnLayer>) {
    const [image] = inputs as Real[];
    const [mat] = outputs as Real[];
    return layerOf(Im2MatLayer, options).Im2Mat(image, mat, options.B, team);
  },

  Mat2Im({ options, inputs, outputs, team }: EntryCall<OnLayer>) {
    const [dMat] = inputs as Real[];
    const [dImage] = outputs as Real[];
    return layerOf(Im2MatLayer, options).Mat2Im(dMat, dImage, options.B, team);
  },

  forward({ options, inputs, outputs, team }: EntryCall<OnLayer>) {
    const [mat, weights, biases] = inputs as Real[];
    const [output] = outputs as Real[];
    const layer = layerOf(Conv2DLayer, options);
    const act = [activation(options, mat, none(mat)), activation(options, output, none(mat))];
    return layer.forward(act, [params(none(mat), none(mat)), params(weights, biases)], team);
  },

  backward({ options, inputs, outputs, team }: EntryCall<OnLayer>) {
    const [mat, weights, biases, dOutput] = inputs as Real[];
    const [dWeights, dBiases, dMat] = outputs as Real[];
    const layer = layerOf(Conv2DLayer, options);
    const act = [activation(options, mat, dMat), activation(options, none(mat), dOutput)];
    const noParams = params(none(mat), none(mat));
    return layer.backward(act, [noParams, params(weights, biases)], [noParams, params(dWeights, dBiases)], team);
  },

  networkForward({ options, inputs, outputs, team }: EntryCall<NetworkOnBatch>) {
    const [parameters, images] = inputs as Real[];
    const network = createNetwork(options.description, options.input, { real: realOf(images), team });
    network.setParameters(parameters);
    outputs[0].set(network.forward(images, options.B));
  },

  networkBackward({ options, inputs, outputs, team }: EntryCall<NetworkOnBatch>) {
    const [parameters, images, dOutput] = inputs as Real[];
    const network = createNetwork(options.description, options.input, { real: realOf(images), team });
    network.setParameters(parameters);
    network.forward(images, options.B);
    network.backward(dOutput, options.B);
    outputs[0].set(network.gradients());
    outputs[1].set(network.activations(options.B)[0].dError_dOutput);
  },

  train({ options: { plan, input }, inputs, outputs, team }: EntryCall<{ plan: TrainingPlan; input: InputSize }>) {
    const [images, labels, initial] = inputs as [Uint8Array, Uint8Array, Real];
    const network = createNetwork(plan.description, input, { team });
    network.setParameters(initial);
    const curve = train(network, plan, images, labels);
    outputs[0].set(network.parameters());
    outputs[1].set(curve);
  },

  tuned: () => JSON.stringify(tuned()),
};

/** The geometry of a layer, and the name under which later calls meet this very layer, if there is one. */
type OnLayer = Geometry & { readonly keptAs?: string };

const kept = new Map<string, Im2MatLayer | Conv2DLayer>();

/** A new layer, or the one that an earlier call kept under the same name. */
function layerOf<L extends Im2MatLayer | Conv2DLayer>(
  Layer: new (ID: number, geometry: Geometry) => L,
  { keptAs, ...geometry }: OnLayer,
): L {
  const layer = kept.get(keptAs ?? '');
  if (layer instanceof Layer) return layer;
  const made = new Layer(1, geometry);
  if (keptAs !== undefined) kept.set(keptAs, made);
  return made;
}

const none = (like: Real): Real => new (realOf(like))(0);

const activation = ({ B }: Geometry, output: Real, dError_dOutput: Real): Activation =>
  new Activation(B, Math.max(output.length, dError_dOutput.length) / B, realOf(output), { output, dError_dOutput });

const params = (weights: Real, biases: Real): Params =>
  new Params(weights.length, biases.length, realOf(weights), { weights, biases });

interface NetworkOnBatch {
  readonly description: NetworkDescription;
  readonly input: InputSize;
  readonly B: number;
}
