import type { Geometry, NetworkDescription, InputSize, Real, TrainingPlan } from '@im2grade/nn';
import type { Call, Values } from '@im2grade/kit';

export type Dtype = 'float64' | 'float32';
export type Fill = 'zero' | 'garbage';

const dtypeOf = (values: Real): Dtype => (values[Symbol.toStringTag] === 'Float32Array' ? 'float32' : 'float64');

export const imageSize = ({ B, InY, InX, InC }: Geometry): number => B * InY * InX * InC;
export const matSize = ({ B, OpY, OpX, KnY, KnX, InC }: Geometry): number => B * OpY * OpX * KnY * KnX * InC;
export const kernelSize = ({ KnY, KnX, InC, KnC }: Geometry): number => KnY * KnX * InC * KnC;
export const outputSize = ({ B, OpY, OpX, KnC }: Geometry): number => B * OpY * OpX * KnC;

/** A layer that a later call with the same name meets again; a new one if the name is left out. */
export type OnLayer = Geometry & { readonly keptAs?: string };

/** Properties of a layer's memory need no more cases. */
export const FEW = 4;

/** Each case of a batch is a call for every image. */
export const RUNS_ON_BATCHES = 15;

/** As in training, if the last batch of an epoch is smaller, and then larger ones come again. */
const BATCHES_OF_ONE_LAYER = [2, 5, 1, 2];

let layers = 0;

/** Batches for one and the same layer. */
export function batchesOfOneLayer(g: Geometry): OnLayer[] {
  const keptAs = `layer ${layers++}`;
  return BATCHES_OF_ONE_LAYER.map((B) => ({ ...g, B, keptAs }));
}

/** The same sizes, for a new layer. */
export const sizesOf = ({ keptAs: _, ...g }: OnLayer): Geometry => g;

/** The functions of the assignment's entry, as calls: inputs, and the sizes of the outputs. */
export const calls = {
  Im2Mat: (g: OnLayer, image: Real, fill: Fill = 'zero'): Call => ({
    name: 'Im2Mat',
    options: g,
    inputs: [image],
    outputs: [{ dtype: dtypeOf(image), length: matSize(g), fill }],
  }),

  Mat2Im: (g: OnLayer, dMat: Real, fill: Fill = 'zero'): Call => ({
    name: 'Mat2Im',
    options: g,
    inputs: [dMat],
    outputs: [{ dtype: dtypeOf(dMat), length: imageSize(g), fill }],
  }),

  forward: (g: OnLayer, mat: Real, weights: Real, biases: Real, fill: Fill = 'zero'): Call => ({
    name: 'forward',
    options: g,
    inputs: [mat, weights, biases],
    outputs: [{ dtype: dtypeOf(mat), length: outputSize(g), fill }],
  }),

  /** Outputs: dError/dWeights, dError/dBiases, dError/dMat. */
  backward: (g: OnLayer, mat: Real, weights: Real, biases: Real, dOutput: Real, fill: Fill = 'zero'): Call => ({
    name: 'backward',
    options: g,
    inputs: [mat, weights, biases, dOutput],
    outputs: [kernelSize(g), g.KnC, matSize(g)].map((length) => ({ dtype: dtypeOf(mat), length, fill })),
  }),

  networkForward: (network: NetworkOnBatch, parameters: Real, images: Real, outputs: number): Call => ({
    name: 'networkForward',
    options: network,
    inputs: [parameters, images],
    outputs: [{ dtype: dtypeOf(images), length: network.B * outputs }],
  }),

  /** Outputs: gradients of all parameters, dError/dInput. */
  networkBackward: (network: NetworkOnBatch, parameters: Real, images: Real, dOutput: Real): Call => ({
    name: 'networkBackward',
    options: network,
    inputs: [parameters, images, dOutput],
    outputs: [parameters.length, images.length].map((length) => ({ dtype: dtypeOf(images), length })),
  }),

  /** Starts from the given parameters. Outputs: parameters, then cross-entropy and accuracy of each epoch. */
  train: (
    plan: TrainingPlan,
    input: InputSize,
    { images, labels }: { readonly images: Uint8Array; readonly labels: Uint8Array },
    initial: Float64Array,
    deadlineSeconds: number,
  ): Call => ({
    name: 'train',
    options: { plan, input },
    inputs: [images, labels, initial] satisfies Values[],
    outputs: [
      { dtype: 'float64', length: initial.length },
      { dtype: 'float64', length: 2 * plan.epochs },
    ],
    deadlineSeconds,
  }),

  tuned: (): Call => ({ name: 'tuned', options: {}, inputs: [], outputs: [] }),
};

interface NetworkOnBatch {
  readonly description: NetworkDescription;
  readonly input: InputSize;
  readonly B: number;
}
