import { createRandom, type Real } from '@im2grade/nn';
import { sizeOf, type Tensor, zeros } from '@im2grade/tensor';
import { type Judged, type NeuralNet, SEED } from './NeuralNet.ts';

/** Images of one size and their labels. */
export interface LabelledImages {
  /** `[count][C][Y][X]` */
  readonly images: Real;
  readonly labels: Uint8Array;
}

/** Means over images. */
export interface Evaluation {
  readonly crossEntropy: number;
  readonly accuracy: number;
}

/** One step of training. */
export interface Step extends Judged {
  /** Images in the batch. */
  readonly size: number;
  /** Batches done in this epoch, and how many there are. */
  readonly done: number;
  readonly of: number;
}

/** Images by their numbers, in double precision: `[chosen][C][Y][X]`. */
function batchOf(net: NeuralNet, { images }: LabelledImages, chosen: ArrayLike<number>): Tensor {
  const batch = zeros(net.layers[0].shapeOfImages(chosen.length));
  const pixels = sizeOf(batch.shape.slice(1));
  for (let n = 0; n < chosen.length; n++)
    batch.data.set(images.subarray(chosen[n] * pixels, (chosen[n] + 1) * pixels), n * pixels);
  return batch;
}

/**
 * Trains for one epoch, a batch at each step; the last batch may be smaller. The order of the images depends on the seed
 * and the number of the epoch only, so that training may stop after any epoch and resume later.
 *
 * @param epoch - from 0
 * @yields each batch when it is done, evaluated before its step
 */
export function* trainEpoch(
  net: NeuralNet,
  digits: LabelledImages,
  batchSize: number,
  epoch: number,
  seed = SEED,
): Generator<Step, void> {
  const order = Int32Array.from(digits.labels.keys());
  createRandom(seed + 1 + epoch).shuffle(order);
  const of = Math.ceil(order.length / batchSize);
  for (let batch = 0; batch < of; batch++) {
    const chosen = order.subarray(batch * batchSize, (batch + 1) * batchSize);
    const labels = Uint8Array.from(chosen, (image) => digits.labels[image]);
    const judged = net.TrainOneMiniBatch(batchOf(net, digits, chosen), labels);
    yield { ...judged, size: labels.length, done: batch + 1, of };
  }
}

/** Mean cross-entropy and accuracy without training. */
export function evaluate(net: NeuralNet, digits: LabelledImages, batchSize = 100): Evaluation {
  const count = digits.labels.length;
  let [loss, correct] = [0, 0];
  for (let begin = 0; begin < count; begin += batchSize) {
    const chosen = Int32Array.from({ length: Math.min(batchSize, count - begin) }, (_, i) => begin + i);
    const states = net.Fprop(batchOf(net, digits, chosen));
    const judged = net.ComputeLoss(states[states.length - 1], digits.labels.subarray(begin, begin + batchSize));
    loss += judged.loss;
    correct += judged.correct;
  }
  return { crossEntropy: loss / count, accuracy: correct / count };
}
