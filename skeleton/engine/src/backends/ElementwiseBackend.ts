import type { Real } from '../memory/Real.ts';

/** The factors of a momentum step. */
interface MomentumFactors {
  readonly momentum: number;
  readonly learningRate: number;
  readonly l2: number;
  /** 1 / B, for gradients that are sums over a batch of B. */
  readonly share: number;
}

/** The factors of an Adam step. */
interface AdamFactors extends Omit<MomentumFactors, 'momentum'> {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * Element-wise operations. All arrays of a call have the same length and precision; a result does not depend on how an array
 * is split into parts.
 */
export interface ElementwiseBackend {
  /** m = μ·m − η·(g/B + λ·p), p += m. */
  momentumStep(parameters: Real, gradients: Real, steps: Real, factors: MomentumFactors): void;
  /** With s = g/B + λ·p: m += (s − m)·(1 − β₁), v += (s² − v)·(1 − β₂), p −= η·m / (√v + ε). */
  adamStep(parameters: Real, gradients: Real, means: Real, squares: Real, factors: AdamFactors): void;
  /** The value if the input is above 0, else the value times `slope`; `result` may be one of the other arrays. */
  rectify(inputs: Real, values: Real, result: Real, slope: number): void;
}
