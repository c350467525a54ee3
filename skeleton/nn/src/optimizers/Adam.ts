import type { Network } from '../network/Network.ts';
import type { Real } from '../numbers/Real.ts';
import { eachParameterArray, type Optimizer } from './Optimizer.ts';

interface AdamOptions {
  readonly learningRate?: number;
  /** Coupled: added to the gradient, biases too. */
  readonly l2?: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly biasCorrection?: 'standard' | 'hpcse2018';
}

/**
 * Adam (Kingma and Ba, 2014).
 *
 * `biasCorrection: 'hpcse2018'` follows the exercise's published code, which squares its running power of β at each
 * step instead of multiplying it by β: the correction ends after a dozen steps, and early steps are up to six times
 * larger.
 */
export class Adam implements Optimizer {
  readonly #options: Required<AdamOptions>;
  readonly #means: Real[] = [];
  readonly #squares: Real[] = [];
  #power1: number;
  #power2: number;

  constructor({
    learningRate = 1e-3,
    l2 = 0,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-8,
    biasCorrection = 'standard',
  }: AdamOptions = {}) {
    this.#options = { learningRate, l2, beta1, beta2, epsilon, biasCorrection };
    this.#power1 = beta1;
    this.#power2 = beta2;
  }

  /** What the next step multiplies the learning rate by: √(1 − β₂ᵗ) / (1 − β₁ᵗ). */
  get stepMultiplier(): number {
    return Math.sqrt(1 - this.#power2) / (1 - this.#power1);
  }

  step(network: Network, batchSize: number): void {
    const { learningRate, l2, beta1, beta2, epsilon, biasCorrection } = this.#options;
    const rate = learningRate * this.stepMultiplier;
    eachParameterArray(network, (parameters, gradients, index) => {
      const mean = (this.#means[index] ??= new network.real(parameters.length));
      const square = (this.#squares[index] ??= new network.real(parameters.length));
      for (let i = 0; i < parameters.length; i++) {
        const gradient = gradients[i] / batchSize + l2 * parameters[i];
        mean[i] = beta1 * mean[i] + (1 - beta1) * gradient;
        square[i] = beta2 * square[i] + (1 - beta2) * gradient * gradient;
        parameters[i] -= (rate * mean[i]) / (Math.sqrt(square[i]) + epsilon);
      }
    });
    this.#power1 *= biasCorrection === 'standard' ? beta1 : this.#power1;
    this.#power2 *= biasCorrection === 'standard' ? beta2 : this.#power2;
  }
}
