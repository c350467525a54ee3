import { crossEntropy } from '../losses/crossEntropy.ts';
import type { Network } from '../network/Network.ts';
import type { Real } from '@im2grade/engine';
import { createRandom } from '../numbers/random.ts';
import { type Evaluation, largest, pixelScale } from './evaluate.ts';
import { createOptimizer, type TrainingPlan } from './TrainingPlan.ts';

export interface TrainingHooks {
  onBatch?(done: number, of: number, epoch: number): void;
  onEpoch?(epoch: number, training: Evaluation): void;
}

/**
 * Trains by the plan: each epoch visits the images in a new order from the plan's seed, and skips those that do not fill
 * a batch.
 *
 * @param images - `[n][nInputs]`; bytes are scaled to 0..1
 * @returns mean cross-entropy and accuracy while training, for each epoch: `[ce0, accuracy0, ce1, accuracy1, …]`
 */
export function train(
  network: Network,
  plan: TrainingPlan,
  images: Real | Uint8Array,
  labels: Uint8Array,
  hooks: TrainingHooks = {},
): Float64Array {
  const { batchSize, epochs, seed } = plan;
  const optimizer = createOptimizer(plan.optimizer);
  const random = createRandom(seed + 1);
  const order = Int32Array.from({ length: labels.length }, (_, i) => i);
  const batches = Math.floor(labels.length / batchSize);
  const gradient = new network.real(batchSize * network.nOutputs);
  const batchLabels = new Uint8Array(batchSize);
  const curve = new Float64Array(2 * epochs);
  const firstLearning = network.firstWithParams;
  // All members have initialised the parameters before any of them takes a step.
  network.team.barrier();
  for (let epoch = 0; epoch < epochs; epoch++) {
    random.shuffle(order);
    let [loss, right] = [0, 0];
    for (let batch = 0; batch < batches; batch++) {
      const input = gather(
        network,
        images,
        labels,
        order.subarray(batch * batchSize, (batch + 1) * batchSize),
        batchLabels,
      );
      const probabilities = network.forward(input, batchSize);
      // Too few numbers to divide: every member computes them all.
      loss += crossEntropy(probabilities, batchLabels, batchSize, gradient);
      for (let b = 0; b < batchSize; b++)
        if (largest(probabilities, b * network.nOutputs, network.nOutputs) === batchLabels[b]) right++;
      network.backward(gradient, batchSize, firstLearning - 1);
      optimizer.step(network, batchSize);
      hooks.onBatch?.(batch + 1, batches, epoch);
    }
    const [crossEntropyMean, accuracy] = [loss / (batches * batchSize), right / (batches * batchSize)];
    curve.set([crossEntropyMean, accuracy], 2 * epoch);
    hooks.onEpoch?.(epoch, { crossEntropy: crossEntropyMean, accuracy });
  }
  return curve;
}

/** Copies the chosen images into the network's input buffer, and their labels. */
function gather(
  network: Network,
  images: Real | Uint8Array,
  labels: Uint8Array,
  chosen: Int32Array,
  batchLabels: Uint8Array,
): Real {
  const { nInputs } = network;
  const input = network.activations(chosen.length)[0].output;
  const scale = pixelScale(images);
  const [begin, end] = network.team.share(chosen.length);
  for (let b = 0; b < chosen.length; b++) batchLabels[b] = labels[chosen[b]];
  for (let b = begin; b < end; b++) {
    const from = chosen[b] * nInputs;
    for (let i = 0; i < nInputs; i++) input[b * nInputs + i] = images[from + i] * scale;
  }
  network.team.barrier();
  return input;
}
