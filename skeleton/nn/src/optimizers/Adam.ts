import { elementwiseInUse } from '@im2grade/engine';
import type { Network } from '../network/Network.ts';
import { eachParameterArray, type Kept, type Optimizer } from './Optimizer.ts';

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
  readonly #means: Kept = [];
  readonly #squares: Kept = [];
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
    const { beta1, beta2, biasCorrection } = this.#options;
    const learningRate = this.#options.learningRate * this.stepMultiplier;
    const factors = { ...this.#options, learningRate, share: 1 / batchSize };
    const { adamStep } = elementwiseInUse();
    eachParameterArray(network, [this.#means, this.#squares], (parameters, gradients, means, squares) =>
      adamStep(parameters, gradients, means, squares, factors),
    );
    this.#power1 *= biasCorrection === 'standard' ? beta1 : this.#power1;
    this.#power2 *= biasCorrection === 'standard' ? beta2 : this.#power2;
  }
}
