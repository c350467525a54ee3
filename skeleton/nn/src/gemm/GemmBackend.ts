import type { Real } from '../numbers/Real.ts';

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

/** One way to compute a matrix product. All of them pass the same tests. */
export interface GemmBackend {
  readonly name: string;
  readonly multiply: Multiply;
}
