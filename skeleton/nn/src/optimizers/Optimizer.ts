import type { Network } from '../network/Network.ts';
import type { Real } from '../numbers/Real.ts';

/** Changes a network's parameters along its gradients. */
export interface Optimizer {
  /** One step; gradients are sums over the batch and are divided by `batchSize` here. */
  step(network: Network, batchSize: number): void;
}

/**
 * Calls `update` for this member's part of each parameter array and its gradient, with an index that stays the same from
 * step to step. Returns when all members are done.
 */
export function eachParameterArray(
  network: Network,
  update: (parameters: Real, gradients: Real, index: number) => void,
): void {
  const { params, grads, team } = network;
  const own = (values: Real): Real => (team.size === 1 ? values : values.subarray(...team.share(values.length)));
  for (let i = 0; i < params.length; i++) {
    if (params[i].nWeights > 0) update(own(params[i].weights), own(grads[i].weights), 2 * i);
    if (params[i].nBiases > 0) update(own(params[i].biases), own(grads[i].biases), 2 * i + 1);
  }
  team.barrier();
}
