import type { Real } from '../memory/Real.ts';

/** What a step of momentum multiplies with. */
interface MomentumFactors {
  readonly momentum: number;
  readonly learningRate: number;
  readonly l2: number;
  /** 1 by the size of the batch that the gradients are sums over. */
  readonly share: number;
}

/** What a step of Adam multiplies with. */
interface AdamFactors extends Omit<MomentumFactors, 'momentum'> {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * What is done to each number on its own. All arrays of a call have the same length and precision; a number comes out the
 * same in whatever part of an array it is computed.
 */
export interface ElementwiseBackend {
  /** m = μ·m − η·(g/B + λ·p), p += m. */
  momentumStep(parameters: Real, gradients: Real, steps: Real, factors: MomentumFactors): void;
  /** With the slope g/B + λ·p: m and v go towards it and its square by 1 − β₁ and 1 − β₂, then p −= η·m / (√v + ε). */
  adamStep(parameters: Real, gradients: Real, means: Real, squares: Real, factors: AdamFactors): void;
  /** The value where the input is above 0, else the value times `slope`; `result` may be one of them. */
  rectify(inputs: Real, values: Real, result: Real, slope: number): void;
}
