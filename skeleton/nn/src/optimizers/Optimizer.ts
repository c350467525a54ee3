import type { Network } from '../network/Network.ts';
import { allocateReal, type Real } from '@im2grade/engine';

/** Changes a network's parameters along its gradients. */
export interface Optimizer {
  /** One step; gradients are sums over the batch and are divided by `batchSize` here. */
  step(network: Network, batchSize: number): void;
}

/** What an optimizer keeps for each parameter from step to step: an array for each of the network's parameter arrays. */
export type Kept = Real[];

/**
 * Calls `update` for this member's part of each parameter array, of its gradient and of what is kept for it, zeros at first.
 * Returns when all members are done.
 */
export function eachParameterArray(
  network: Network,
  kept: readonly Kept[],
  update: (parameters: Real, gradients: Real, ...kept: Real[]) => void,
): void {
  const { params, grads, team, real } = network;
  const own = (values: Real): Real => (team.size === 1 ? values : values.subarray(...team.share(values.length)));
  const visit = (parameters: Real, gradients: Real, index: number): void => {
    if (parameters.length === 0) return;
    const of = kept.map((arrays) => (arrays[index] ??= allocateReal(real, parameters.length)));
    update(own(parameters), own(gradients), ...of.map(own));
  };
  for (let i = 0; i < params.length; i++) {
    visit(params[i].weights, grads[i].weights, 2 * i);
    visit(params[i].biases, grads[i].biases, 2 * i + 1);
  }
  team.barrier();
}
