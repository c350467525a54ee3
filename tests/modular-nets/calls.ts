import type { NetworkDescription } from '@im2grade/layers';
import { sizeOf, type Tensor } from '@im2grade/tensor';
import type { Call, Values } from '@im2grade/kit';
import { parametersOf, statesOf } from './networks.ts';

type Shape = readonly number[];

/** The results of a backward pass, in the order of the outputs. */
const DERIVATIVES = ['inputs', 'weights', 'bias'] as const;
export type Of = (typeof DERIVATIVES)[number];

/** A call of a single layer: tensors in, and the shapes of the results; null if one is not requested. */
function layerCall(
  name: string,
  inputs: readonly Tensor[],
  outputs: readonly (Shape | null)[],
  options: object = {},
): Call {
  return {
    name,
    options: { ...options, inputs: inputs.map(({ shape }) => shape), outputs },
    inputs: inputs.map(({ data }) => data),
    outputs: outputs.map((shape) => float64(shape ? sizeOf(shape) : 0)),
  };
}

/** The layer, and the derivatives that it receives; values that are not needed may be anything. */
interface WayDown {
  readonly above: Tensor;
  readonly x: Tensor;
  readonly weights: Tensor;
  readonly bias: Tensor;
  /** Whether `ComputeUp` of the same layer is called on other inputs first, and whether on more of them. */
  readonly isAfterUp?: AfterUp;
}
export type AfterUp = boolean | 'of twice as many';
/** What is special about a case with `isAfterUp`. */
export const AFTER_UP = ', whatever ComputeUp of the same layer was given before';

const downCall = (
  name: string,
  { above, x, weights, bias, isAfterUp }: WayDown,
  asked: readonly Of[],
  options: object = {},
) =>
  layerCall(
    name,
    [above, x, weights, bias],
    [x, weights, bias].map(({ shape }, i) => (asked.includes(DERIVATIVES[i]) ? shape : null)),
    { ...options, ...(isAfterUp && { isAfterUp }) },
  );

const float64 = (length: number) => ({ dtype: 'float64', length }) as const;

/** A batch for a whole network. */
export interface Batch {
  readonly parameters: Float64Array;
  readonly images: Float64Array;
  readonly labels: Uint8Array;
}

/** How a network is trained; the order of the images and the initial weights follow from the seed. */
export interface TrainingRun {
  readonly model: NetworkDescription;
  readonly max_epochs: number;
  readonly batch_size: number;
  readonly seed: number;
}

const onBatch = (name: string, model: NetworkDescription, batch: Batch, lengths: readonly number[]): Call => ({
  name,
  options: { model },
  inputs: [batch.parameters, batch.images, batch.labels],
  outputs: lengths.map(float64),
});

/** The functions of the assignment's entry, as calls. */
export const calls = {
  fullyConnectedUp: (x: Tensor, weights: Tensor, bias: Tensor): Call =>
    layerCall('fullyConnectedUp', [x, weights, bias], [[x.shape[0], weights.shape[0]]]),

  /** Outputs: derivatives of the inputs, the weights, the bias. */
  fullyConnectedDown: (layer: WayDown, ...asked: Of[]): Call => downCall('fullyConnectedDown', layer, asked),

  convMethod2Up(x: Tensor, weights: Tensor, bias: Tensor, padding: number): Call {
    const [N, , H, W] = x.shape;
    const [Cout, , K] = weights.shape;
    const outputs = [[N, Cout, H + 2 * padding - K + 1, W + 2 * padding - K + 1]];
    return layerCall('convMethod2Up', [x, weights, bias], outputs, { padding });
  },

  /** Outputs: derivatives of the inputs, the weights, the bias. */
  convMethod2Down: (layer: WayDown, padding: number, ...asked: Of[]): Call =>
    downCall('convMethod2Down', layer, asked, { padding }),

  /** Outputs: the activated output of each layer. */
  fprop: (model: NetworkDescription, batch: Batch): Call =>
    onBatch('fprop', model, batch, statesOf(model, batch.labels.length).map(sizeOf)),

  /** Outputs: the gradients of all parameters, the derivatives of the images. */
  bprop: (model: NetworkDescription, batch: Batch): Call =>
    onBatch('bprop', model, batch, [batch.parameters.length, batch.images.length]),

  /** Outputs: the parameters after training, the mean cross-entropy of each batch. */
  train: (run: TrainingRun, images: Float64Array, labels: Uint8Array): Call => ({
    name: 'train',
    options: run,
    inputs: [images, labels] as Values[],
    outputs: [
      float64(parametersOf(run.model).reduce((count, { shape }) => count + sizeOf(shape), 0)),
      float64(run.max_epochs * Math.ceil(labels.length / run.batch_size)),
    ],
  }),
};
