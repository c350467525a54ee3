import type { Network } from '../network/Network.ts';
import type { Real } from '../numbers/Real.ts';
import { eachParameterArray, type Optimizer } from './Optimizer.ts';

interface MomentumSGDOptions {
  readonly learningRate: number;
  readonly momentum?: number;
  readonly l2?: number;
}

/** Stochastic gradient descent with momentum: m = μ·m − η·(g/B + λ·p), p += m. */
export class MomentumSGD implements Optimizer {
  readonly #options: Required<MomentumSGDOptions>;
  readonly #steps: Real[] = [];

  constructor({ learningRate, momentum = 0.9, l2 = 0 }: MomentumSGDOptions) {
    this.#options = { learningRate, momentum, l2 };
  }

  step(network: Network, batchSize: number): void {
    const { learningRate, momentum, l2 } = this.#options;
    eachParameterArray(network, (parameters, gradients, index) => {
      const last = (this.#steps[index] ??= new network.real(parameters.length));
      for (let i = 0; i < parameters.length; i++) {
        last[i] = momentum * last[i] - learningRate * (gradients[i] / batchSize + l2 * parameters[i]);
        parameters[i] += last[i];
      }
    });
  }
}
