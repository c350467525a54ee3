import { NotImplementedError } from '@im2grade/nn';
import type { Tensor } from '@im2grade/tensor';

/**
 * Task 2a: lays the patches of each image side by side as columns (`im2col` of the original).
 *
 * Column m·(W − K + 1) + l of image n is the patch that begins at (m, l): element (ci·K + i)·K + j of it is
 * x[n][ci][m + i][l + j]. No loop over elements.
 *
 * @param x - images `[N][Cin][H][W]`; only read
 * @param kernelSize - K
 * @returns a matrix for each image, `[N][Cin·K·K][(H − K + 1)·(W − K + 1)]`
 */
export function im2col(x: Tensor, kernelSize: number): Tensor {
  const [N, Cin, H, W] = x.shape;
  // TODO: task 2a.
  throw new NotImplementedError('im2col', 'task 2a: each patch becomes a column');
}

/**
 * Task 2a: lays each map's weights out as a row (`conv_weight2rows` of the original).
 *
 * @param convWeight - `[Cout][Cin][K][K]`; only read
 * @returns `[Cout][Cin·K·K]`
 */
export function convWeight2rows(convWeight: Tensor): Tensor {
  const [Cout, Cin, K] = convWeight.shape;
  // TODO: task 2a.
  throw new NotImplementedError('convWeight2rows', 'task 2a: the weights of each map become a row');
}
