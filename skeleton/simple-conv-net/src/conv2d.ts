import { NotImplementedError } from '@im2grade/nn';
import type { Tensor } from '@im2grade/tensor';

/**
 * Task 1: the convolution by its definition (1), in loops (`conv2d_scalar` of the original).
 *
 * z[n][co][m][l] = Σ_ci Σ_i Σ_j x[n][ci][m + i][l + j] · weight[co][ci][i][j] + bias[co], stride 1, no padding.
 *
 * @param x - images `[N][Cin][H][W]`; only read
 * @param convWeight - `[Cout][Cin][K][K]`; only read
 * @param convBias - `[Cout]`; only read
 * @returns `[N][Cout][H − K + 1][W − K + 1]`
 */
export function conv2dScalar(x: Tensor, convWeight: Tensor, convBias: Tensor): Tensor {
  const [N, Cin, H, W] = x.shape;
  const [Cout, , K] = convWeight.shape;
  // TODO: task 1.
  throw new NotImplementedError('conv2dScalar', 'task 1: the sum over channels and kernel, in loops');
}

/**
 * Task 2a: the same as one matrix product (`conv2d_vector` of the original).
 *
 * The rows of `convWeight2rows` times the columns of `im2col`, and the bias of each map; no loop over elements.
 *
 * @param x - images `[N][Cin][H][W]`; only read
 * @param convWeight - `[Cout][Cin][K][K]`; only read
 * @param convBias - `[Cout]`; only read
 * @returns `[N][Cout][H − K + 1][W − K + 1]`
 */
export function conv2dVector(x: Tensor, convWeight: Tensor, convBias: Tensor): Tensor {
  const [N, Cin, H, W] = x.shape;
  const [Cout, , K] = convWeight.shape;
  // TODO: task 2a.
  throw new NotImplementedError('conv2dVector', 'task 2a: rows of weights times columns of patches');
}
