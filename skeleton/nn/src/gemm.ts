import { backendInUse, type Real, type Transpose } from '@im2grade/engine';
import { countOperation } from './operations.ts';

/**
 * C = alpha · op(A) · op(B) + beta · C, all row-major, with the semantics of BLAS.
 *
 * `beta = 0` overwrites C, so that NaN in it does not survive; `K = 0` scales C only; `M = 0` or `N = 0` does nothing.
 *
 * @param transA - op(A) is M×K: A is stored M×K for N, K×M for T
 * @param transB - op(B) is K×N: B is stored K×N for N, N×K for T
 * @param lda - elements from one stored row of A to the next; likewise ldb and ldc
 * @throws RangeError naming the argument that does not fit the sizes
 */
export function gemm(
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
): void {
  countOperation();
  requireSize('M', M);
  requireSize('N', N);
  requireSize('K', K);
  requireMatrix('A', A, transA === 'N' ? M : K, transA === 'N' ? K : M, lda);
  requireMatrix('B', B, transB === 'N' ? K : N, transB === 'N' ? N : K, ldb);
  requireMatrix('C', C, M, N, ldc);
  if (M === 0 || N === 0) return;
  backendInUse().multiply(transA, transB, M, N, K, alpha, A, lda, B, ldb, beta, C, ldc);
}

function requireSize(name: string, size: number): void {
  if (!Number.isInteger(size) || size < 0)
    throw new RangeError(`gemm: ${name} = ${size} must be an integer of at least 0`);
}

function requireMatrix(name: string, values: Real, rows: number, columns: number, ld: number): void {
  const ldName = `ld${name.toLowerCase()}`;
  if (!Number.isInteger(ld) || ld < Math.max(1, columns))
    throw new RangeError(`gemm: ${ldName} = ${ld} must be at least ${Math.max(1, columns)}, the columns of ${name}`);
  const least = rows === 0 || columns === 0 ? 0 : (rows - 1) * ld + columns;
  if (values.length < least)
    throw new RangeError(
      `gemm: ${name} has ${values.length} elements; ${rows}×${columns} with ${ldName} = ${ld} needs ${least}`,
    );
}
