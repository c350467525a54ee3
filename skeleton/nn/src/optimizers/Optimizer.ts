import type { Network } from '../network/Network.ts';
import type { Real } from '../numbers/Real.ts';

/** Changes a network's parameters along its gradients. */
export interface Optimizer {
  /** One step; gradients are sums over the batch and are divided by `batchSize` here. */
  step(network: Network, batchSize: number): void;
}

/** Calls `update` for each parameter array and its gradient, with an index that stays the same from step to step. */
export function eachParameterArray(
  network: Network,
  update: (parameters: Real, gradients: Real, index: number) => void,
): void {
  network.params.forEach(({ weights, biases }, i) => {
    if (weights.length > 0) update(weights, network.grads[i].weights, 2 * i);
    if (biases.length > 0) update(biases, network.grads[i].biases, 2 * i + 1);
  });
}
