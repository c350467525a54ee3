import { gemm } from '@im2grade/nn';
import { shown, type Tensor, zeros } from './tensor.ts';

export interface MatmulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/**
 * The matrix product op(a) · op(b), where op is the transpose if the options say so.
 *
 * `b` may also be a stack of matrices `[S][K][N]`: each is multiplied, and the products are stacked, `[S][M][N]`.
 *
 * @param a - a matrix `[M][K]`, stored `[K][M]` when it is transposed
 * @param b - a matrix `[K][N]`, stored `[N][K]` when it is transposed, or a stack of them
 * @throws RangeError when the sizes do not fit
 */
export function matmul(a: Tensor, b: Tensor, { transposeA = false, transposeB = false }: MatmulOptions = {}): Tensor {
  const stacked = b.shape.length === 3;
  if (a.shape.length !== 2 || !(stacked || b.shape.length === 2)) throw new RangeError(unfit(a, b));
  const [rows, columns] = b.shape.slice(-2);
  const [M, K] = transposeA ? [a.shape[1], a.shape[0]] : a.shape;
  const [depth, N] = transposeB ? [columns, rows] : [rows, columns];
  if (depth !== K) throw new RangeError(unfit(a, b));
  const result = zeros(stacked ? [b.shape[0], M, N] : [M, N], a);
  const [opA, opB] = [transposeA ? 'T' : 'N', transposeB ? 'T' : 'N'] as const;
  const [lda, ldb, ldc] = [a.shape[1], columns, N].map((columns) => Math.max(1, columns));
  for (let s = 0; s < (stacked ? b.shape[0] : 1); s++) {
    const [B, C] = [b.data.subarray(s * K * N, (s + 1) * K * N), result.data.subarray(s * M * N, (s + 1) * M * N)];
    gemm(opA, opB, M, N, K, 1, a.data, lda, B, ldb, 0, C, ldc);
  }
  return result;
}

const unfit = (a: Tensor, b: Tensor): string =>
  `matmul: the shapes ${shown(a.shape)} and ${shown(b.shape)} do not fit: a needs as many columns as b has rows`;
