import type { Real } from '@im2grade/engine';

/** Keeps the logarithm of a probability that has underflowed to 0 finite. */
const SMALLEST = 1e-300;

/**
 * Cross-entropy −log p[label], summed over the batch.
 *
 * @param probabilities - `[B][classes]`, the output of SoftMax
 * @param labels - B labels
 * @param dError_dOutput - filled with the gradient, when given: −1/p at the label, 0 elsewhere
 */
export function crossEntropy(probabilities: Real, labels: Uint8Array, B: number, dError_dOutput?: Real): number {
  const classes = probabilities.length / B;
  dError_dOutput?.fill(0);
  let sum = 0;
  for (let b = 0; b < B; b++) {
    const at = b * classes + labels[b];
    const p = Math.max(probabilities[at], SMALLEST);
    sum -= Math.log(p);
    if (dError_dOutput) dError_dOutput[at] = -1 / p;
  }
  return sum;
}
