import type { ElementwiseBackend } from './ElementwiseBackend.ts';
import type { Real } from '../memory/Real.ts';

/** N: as it is stored; T: transposed. */
export type Transpose = 'N' | 'T';

/** The arguments of `gemm`, already checked. */
export type Multiply = (
  transA: Transpose,
  transB: Transpose,
  M: number,
  N: number,
  K: number,
  alpha: number,
  A: Real,
  lda: number,
  B: Real,
  ldb: number,
  beta: number,
  C: Real,
  ldc: number,
) => void;

/** One way to compute: matrix products, and the rest if it has kernels for that. All of them pass the same tests. */
export interface Backend {
  readonly name: string;
  readonly multiply: Multiply;
  /** Without it, plain TypeScript. */
  readonly elementwise?: ElementwiseBackend;
}
