import { crossEntropy } from '../losses/crossEntropy.ts';
import type { Network } from '../network/Network.ts';
import type { Real } from '@im2grade/engine';

export interface Evaluation {
  /** Mean over the images. */
  readonly crossEntropy: number;
  /** Share of images whose largest probability is at their label. */
  readonly accuracy: number;
}

/** Pixels of a byte are scaled to 0..1; those of a Real are taken as they are. */
export const pixelScale = (images: Real | Uint8Array): number =>
  images[Symbol.toStringTag] === 'Uint8Array' ? 1 / 255 : 1;

/** Index of the largest of `size` values from `start`. */
export function largest(values: Real, start: number, size: number): number {
  let best = 0;
  for (let i = 1; i < size; i++) if (values[start + i] > values[start + best]) best = i;
  return best;
}

/** Mean cross-entropy and accuracy of a network over labelled images, batch by batch; the last batch may be smaller. */
export function evaluate(network: Network, images: Real | Uint8Array, labels: Uint8Array, batchSize = 256): Evaluation {
  const { nInputs, nOutputs } = network;
  const scale = pixelScale(images);
  let [loss, right] = [0, 0];
  for (let start = 0; start < labels.length; start += batchSize) {
    const B = Math.min(batchSize, labels.length - start);
    const input = network.activations(B)[0].output;
    const [begin, end] = network.team.share(B * nInputs);
    for (let i = begin; i < end; i++) input[i] = images[start * nInputs + i] * scale;
    network.team.barrier();
    const probabilities = network.forward(input, B);
    const batchLabels = labels.subarray(start, start + B);
    loss += crossEntropy(probabilities, batchLabels, B);
    for (let b = 0; b < B; b++) if (largest(probabilities, b * nOutputs, nOutputs) === batchLabels[b]) right++;
  }
  return { crossEntropy: loss / labels.length, accuracy: right / labels.length };
}
