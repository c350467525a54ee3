import { elementwiseInUse } from '@im2grade/engine';
import type { Network } from '../network/Network.ts';
import { eachParameterArray, type Kept, type Optimizer } from './Optimizer.ts';

interface MomentumSGDOptions {
  readonly learningRate: number;
  readonly momentum?: number;
  readonly l2?: number;
}

/** Stochastic gradient descent with momentum: m = μ·m − η·(g/B + λ·p), p += m. */
export class MomentumSGD implements Optimizer {
  readonly #options: Required<MomentumSGDOptions>;
  readonly #steps: Kept = [];

  constructor({ learningRate, momentum = 0.9, l2 = 0 }: MomentumSGDOptions) {
    this.#options = { learningRate, momentum, l2 };
  }

  step(network: Network, batchSize: number): void {
    const factors = { ...this.#options, share: 1 / batchSize };
    const { momentumStep } = elementwiseInUse();
    eachParameterArray(network, [this.#steps], (parameters, gradients, steps) =>
      momentumStep(parameters, gradients, steps, factors),
    );
  }
}
