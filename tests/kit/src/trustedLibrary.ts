import { fusedConvolution } from '@im2grade/fastconv';
import type { LabelledImages } from '@im2grade/grader/model/examination.ts';
import {
  createRandom,
  type InputSize,
  type Network,
  type NetworkDescription,
  type Real,
  train,
  type TrainingPlan,
  useRuntime,
} from '@im2grade/nn';
import { buildNetwork } from '@im2grade/nn/networks';
import type { HeapPlace } from './speed/largestPart.ts';
import { chooseGemm, createGemm, createSharedMemory, FIRST_FREE_BYTE, SymmetricHeap } from '@im2grade/engine/run';

/** Room for one network and its batches. */
const BYTES = 256 * 1024 * 1024;

let heap: SymmetricHeap | undefined;

/**
 * The library in this process, where no student code runs: products by its kernels, arrays in the memory that these
 * work in. Everything that was allocated before is freed.
 *
 * @example
 * ```ts
 * useTrustedLibrary();
 * const layer = new ReferenceLayer(); // allocates in that memory
 * ```
 */
export function useTrustedLibrary(): void {
  if (!heap) {
    const memory = createSharedMemory(BYTES);
    const arena = memory.buffer;
    const own = new SymmetricHeap(arena);
    useRuntime({
      backend: createGemm(chooseGemm(undefined), memory, arena),
      allocate: (real, length) => own.allocate(real, length, 1),
    });
    heap = own;
  }
  heap.reset(FIRST_FREE_BYTE, true);
}

/**
 * The place of an array that was allocated since `useTrustedLibrary` was called last: a submission's process that makes the
 * same arrays in the same order has them in the same places.
 *
 * @example
 * ```ts
 * useTrustedLibrary();
 * const { output } = buildNetwork(description, input).activations(32)[1];
 * placeInHeap(output); // { begin: 25_088, length: 15_488 }
 * ```
 */
export const placeInHeap = ({ byteOffset, BYTES_PER_ELEMENT, length }: Real): HeapPlace => ({
  begin: (byteOffset - FIRST_FREE_BYTE) / BYTES_PER_ELEMENT,
  length,
});

/** The library's own network. Only the last one that was made can be used. */
function ownNetwork(description: NetworkDescription, input: InputSize, seed = 0): Network {
  useTrustedLibrary();
  return buildNetwork(description, input, { seed, convolution: fusedConvolution });
}

/**
 * The initial values that the library gives a network's parameters.
 *
 * @example
 * ```ts
 * const description: NetworkDescription = { layers: [{ type: 'linear', size: 10 }, { type: 'softmax' }] };
 * const parameters = initialParameters(description, { InY: 28, InX: 28, InC: 1 }, seed);
 * ```
 */
export const initialParameters = (description: NetworkDescription, input: InputSize, seed: number): Float64Array =>
  ownNetwork(description, input, seed).parameters() as Float64Array;

/** The result of training: the parameters, and `[ce0, accuracy0, ce1, accuracy1, …]`, an entry for each epoch. */
export interface Trained {
  readonly parameters: Float64Array;
  readonly curve: Float64Array;
  readonly seconds: number;
}

interface TrustedTraining {
  /** The share by which the initial parameters are changed, to see how far the training diverges. */
  readonly nudge?: number;
}

/**
 * Trains on the trusted side, from `initialParameters` of the plan's seed, to compare a submission's training with.
 *
 * @example
 * ```ts
 * const { parameters } = trainTrusted(plan, { InY: 28, InX: 28, InC: 1 }, images);
 * ```
 */
export function trainTrusted(
  plan: TrainingPlan,
  input: InputSize,
  { images, labels }: Pick<LabelledImages, 'images' | 'labels'>,
  { nudge = 0 }: TrustedTraining = {},
): Trained {
  const startedAt = performance.now();
  const network = ownNetwork(plan.description, input, plan.seed);
  if (nudge > 0) network.setParameters(nudged(network.parameters() as Float64Array, nudge));
  const curve = train(network, plan, images, labels);
  const seconds = (performance.now() - startedAt) / 1000;
  return { parameters: network.parameters() as Float64Array, curve, seconds };
}

/** Each number changed by up to that share of itself. */
function nudged(values: Float64Array, share: number): Float64Array {
  const random = createRandom(1);
  return values.map((value) => value * (1 + random.uniform(-share, share)));
}

/** For an image without a largest output, because one of them is NaN. */
export const NO_ANSWER = 255;

/**
 * The class of each image's largest output, by the library's network with these parameters; `NO_ANSWER` if there is
 * none. Batches are as small as the network's layers are large.
 *
 * @example
 * ```ts
 * const answers = answersTrusted(plan.description, { InY: 28, InX: 28, InC: 1 }, parameters, images.images);
 * const correct = answers.filter((answer, i) => answer === images.labels[i]).length;
 * ```
 */
export function answersTrusted(
  description: NetworkDescription,
  input: InputSize,
  parameters: Float64Array,
  images: Uint8Array,
): Uint8Array {
  const network = ownNetwork(description, input);
  network.setParameters(parameters);
  const { nInputs, nOutputs } = network;
  const count = images.length / nInputs;
  const bytesOfImage = network.layers.reduce((sum, { size }) => sum + BYTES_OF_UNIT * size, 0);
  const most = Math.max(1, Math.min(BATCH, Math.floor(BATCH_BYTES / bytesOfImage)));
  const answers = new Uint8Array(count);
  for (let start = 0; start < count; start += most) {
    const B = Math.min(most, count - start);
    const batch = Float64Array.from(images.subarray(start * nInputs, (start + B) * nInputs), (value) => value / 255);
    const outputs = network.forward(batch, B);
    for (let b = 0; b < B; b++) {
      const row = outputs.subarray(b * nOutputs, (b + 1) * nOutputs);
      // Not found when one is NaN: −1 becomes 255 in a byte.
      answers[start + b] = row.indexOf(Math.max(...row));
    }
  }
  return answers;
}

const BATCH = 250;
/** An output and its gradient, in double precision. */
const BYTES_OF_UNIT = 16;
const BATCH_BYTES = 64 * 1024 * 1024;

/** A network's first convolution at work on one image. */
export interface FirstConvolution {
  /** `[KnY][KnX][InC][KnC]` */
  readonly weights: Float64Array;
  /** `[OpY][OpX][KnC]` */
  readonly outputs: Float64Array;
}

/** The weights of the first layer and its outputs for one image, by the library's network with these parameters. */
export function firstConvolutionTrusted(
  description: NetworkDescription,
  input: InputSize,
  parameters: Float64Array,
  image: Uint8Array,
): FirstConvolution {
  const network = ownNetwork(description, input);
  network.setParameters(parameters);
  network.forward(
    Float64Array.from(image, (value) => value / 255),
    1,
  );
  return {
    weights: Float64Array.from(network.params[1].weights),
    outputs: Float64Array.from(network.activations(1)[1].output),
  };
}
