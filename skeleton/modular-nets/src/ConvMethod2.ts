import { ConvolutionalLayer, type Derivatives } from '@im2grade/layers';
import { NotImplementedError } from '@im2grade/nn';
import type { Tensor } from '@im2grade/tensor';

/**
 * Part 2: a convolutional layer by Method 2, stride 1. Three results, each with a single call of `convolve`, and no loop.
 *
 * `convolve` (from `@im2grade/layers`) flips the weights, and sums over the last two axes only: give an operand an axis of
 * size 1 to combine it with all indices of the other's, and sum afterwards.
 */
export class ConvMethod2 extends ConvolutionalLayer {
  /**
   * Part 2.2: the way up (Method 2 of `ConvLayer.ComputeUp` in the original).
   *
   * out[n][k][y][x] = Σ_c Σ_i Σ_j inputs[n][c][y + i − padding][x + j − padding] · weights[k][c][i][j] + bias[k], with
   * `this.weights` `[K][C][k][k]`, `this.bias` `[K]` and `this.padding`: nothing is flipped
   *
   * @param inputs - `[N][C][Y][X]`; only read
   * @returns `[N][K][Y + 2·padding − k + 1][X + 2·padding − k + 1]`
   */
  override ComputeUp(inputs: Tensor): Tensor {
    const { weights, bias, padding } = this;
    // TODO: part 2.2.
    throw new NotImplementedError('ConvMethod2.ComputeUp', 'part 2.2: one convolve, a sum over channels and the bias');
  }

  /**
   * Part 2.2: the way down (Method 2 of `ConvLayer.ComputeDown` in the original).
   *
   * Derivatives with respect to inputs are each image's own; those of weights and bias are the **mean** over the batch.
   *
   * @param dC_by_doutputs - in the shape of the outputs; only read
   * @param inputs - `[N][C][Y][X]`, what `ComputeUp` was given; only read
   * @returns `dC_by_dinputs` `[N][C][Y][X]`, `dC_by_dweights` `[K][C][k][k]`, `dC_by_dbias` `[K]`
   */
  override ComputeDown(dC_by_doutputs: Tensor, inputs: Tensor): Required<Derivatives> {
    const { weights, kernel_size, padding } = this;
    // TODO: part 2.2.
    throw new NotImplementedError(
      'ConvMethod2.ComputeDown',
      'part 2.2: a convolve for the inputs, one for the weights',
    );
  }
}
