import { NotImplementedError } from '@im2grade/nn';
import type { Tensor } from '@im2grade/tensor';

/**
 * Task 1: max-pooling by its definition (2), in loops (`pool2d_scalar` of the original).
 *
 * z[n][c][m][l] is the largest of the four a[n][c][2m … 2m + 1][2l … 2l + 1]; the last row or column of an odd size
 * belongs to no window.
 *
 * @param a - `[N][C][H][W]`; only read
 * @returns `[N][C][⌊H/2⌋][⌊W/2⌋]`
 */
export function pool2dScalar(a: Tensor): Tensor {
  const [N, C, H, W] = a.shape;
  // TODO: task 1.
  throw new NotImplementedError('pool2dScalar', 'task 1: the largest of four, in loops');
}

/**
 * Task 2b: the same without a loop over elements (`pool2d_vector` of the original).
 *
 * @param a - `[N][C][H][W]`; only read
 * @returns `[N][C][⌊H/2⌋][⌊W/2⌋]`
 */
export function pool2dVector(a: Tensor): Tensor {
  const [N, C, H, W] = a.shape;
  // TODO: task 2b.
  throw new NotImplementedError('pool2dVector', 'task 2b: slices and their maximum');
}
