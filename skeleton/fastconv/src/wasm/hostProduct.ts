import { type Backend, type KernelHost, realView } from '@im2grade/engine';
import type { Geometry } from '@im2grade/nn';
import type { HostProduct } from './convolutionKernels.ts';

/** Whether OpenBLAS computes the products: with few terms and few columns it is slower than the kernels, which need not pack. */
export const isWorthHost = ({ name }: Backend, { KnY, KnX, InC, KnC }: Geometry): boolean =>
  name === 'openblas' && KnC >= 16 && KnY * KnX * InC >= 20;

/** Views of the memory: no view reaches past the end of the memory, and `multiply` checks its arguments. */
export const hostProduct =
  ({ multiply }: Backend, { memory }: KernelHost): HostProduct =>
  (bytes, transA, transB, M, N, K, a, lda, b, ldb, adds, c, ldc) => {
    const { buffer } = memory;
    const real = bytes === 8 ? Float64Array : Float32Array;
    const matrix = (at: number, rows: number, columns: number, ld: number) =>
      realView(real, buffer, at, (rows - 1) * ld + columns);
    const [A, B] = [matrix(a, transA ? K : M, transA ? M : K, lda), matrix(b, transB ? N : K, transB ? K : N, ldb)];
    multiply(transA ? 'T' : 'N', transB ? 'T' : 'N', M, N, K, 1, A, lda, B, ldb, adds, matrix(c, M, N, ldc), ldc);
  };
