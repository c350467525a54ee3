import { NotImplementedError } from '@im2grade/nn';
import type { Tensor } from '@im2grade/tensor';

/**
 * Task 1: makes a row of each image by (3) and (4), in loops (`reshape_scalar` of the original).
 *
 * z[n][(c·H + m)·W + l] = a[n][c][m][l]
 *
 * @param a - `[N][C][H][W]`; only read
 * @returns `[N][C·H·W]`
 */
export function reshapeScalar(a: Tensor): Tensor {
  const [N, C, H, W] = a.shape;
  // TODO: task 1.
  throw new NotImplementedError('reshapeScalar', 'task 1: each element to its place, in loops');
}

/**
 * Task 2c: the same without a loop over elements (`reshape_vector` of the original).
 *
 * @param a - `[N][C][H][W]`; only read
 * @returns `[N][C·H·W]`
 */
export function reshapeVector(a: Tensor): Tensor {
  const [N, C, H, W] = a.shape;
  // TODO: task 2c.
  throw new NotImplementedError('reshapeVector', 'task 2c: the same numbers in another shape');
}
