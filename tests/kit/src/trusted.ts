import { fusedConvolution } from '@im2grade/fastconv';
import {
  buildNetwork,
  type InputSize,
  type Network,
  type NetworkDescription,
  train,
  type TrainingPlan,
  useGemmBackend,
  useHeap,
} from '@im2grade/nn';
import { chooseGemm, createGemm, createSharedMemory, FIRST_FREE_BYTE, SymmetricHeap } from '@im2grade/engine/run';

/** Room for one network and its batches. */
const BYTES = 256 * 1024 * 1024;

let heap: SymmetricHeap | undefined;

/**
 * The library in this process, where no student's code is: products by its kernels, arrays in the memory that these work in.
 * What was allocated before belongs to nobody any more.
 */
export function useTrustedLibrary(): void {
  if (!heap) {
    const memory = createSharedMemory(BYTES);
    const arena = memory.buffer;
    const own = new SymmetricHeap(arena);
    useGemmBackend(createGemm(chooseGemm(undefined), memory, arena));
    useHeap((real, length) => own.allocate(real, length, 1));
    heap = own;
  }
  heap.reset(FIRST_FREE_BYTE, true);
}

/** The library's own network. Only the last one made is good for anything. */
function ownNetwork(description: NetworkDescription, input: InputSize, seed = 0): Network {
  useTrustedLibrary();
  return buildNetwork(description, input, { seed, convolution: fusedConvolution });
}

/** What training gave: the parameters, and `[ce0, accuracy0, ce1, accuracy1, …]`, an entry for each epoch. */
export interface Trained {
  readonly parameters: Float64Array;
  readonly curve: Float64Array;
  readonly seconds: number;
}

/** Trains on the trusted side: the yardstick for what a submission's training does. */
export function trainTrusted(plan: TrainingPlan, input: InputSize, images: Uint8Array, labels: Uint8Array): Trained {
  const startedAt = performance.now();
  const network = ownNetwork(plan.description, input, plan.seed);
  const curve = train(network, plan, images, labels);
  const seconds = (performance.now() - startedAt) / 1000;
  return { parameters: network.parameters() as Float64Array, curve, seconds };
}

/** The class that each image's largest output stands for, by the library's network with these parameters. */
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
  const answers = new Uint8Array(count);
  for (let start = 0; start < count; start += BATCH) {
    const B = Math.min(BATCH, count - start);
    const batch = Float64Array.from(images.subarray(start * nInputs, (start + B) * nInputs), (value) => value / 255);
    const outputs = network.forward(batch, B);
    for (let b = 0; b < B; b++) {
      const row = outputs.subarray(b * nOutputs, (b + 1) * nOutputs);
      answers[start + b] = row.indexOf(Math.max(...row));
    }
  }
  return answers;
}

const BATCH = 250;

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
