import { ConvolutionalLayer, convolve, type Derivatives } from '@im2grade/layers';
import { addColumn, flip, reshape, scale, slice, sum, type Tensor } from '@im2grade/tensor';

/** Inputs and outputs are flipped in place of weights; the way down is padded in full and cut to size. */
export class ConvMethod2 extends ConvolutionalLayer {
  override ComputeUp(inputs: Tensor): Tensor {
    const [N, C, Y, X] = inputs.shape;
    const images = flip(reshape(inputs, [N, 1, C, Y, X]), [3, 4]);
    const products = convolve(images, reshape(this.weights, [1, ...this.weights.shape]), this.padding);
    const sums = flip(sum(products, [2]), [2, 3]);
    const [, K, outY, outX] = sums.shape;
    return reshape(addColumn(reshape(sums, [N, K, outY * outX]), this.bias), sums.shape);
  }

  override ComputeDown(dC_by_doutputs: Tensor, inputs: Tensor): Required<Derivatives> {
    const [N, C, Y, X] = inputs.shape;
    const [, K, outY, outX] = dC_by_doutputs.shape;
    const above = reshape(dC_by_doutputs, [N, K, 1, outY, outX]);
    const kernels = reshape(this.weights, [1, ...this.weights.shape]);
    const full = sum(convolve(above, kernels, this.kernel_size - 1), [1]);
    const { padding } = this;
    const images = flip(reshape(inputs, [N, 1, C, Y, X]), [3, 4]);
    return {
      dC_by_dinputs: slice(full, [
        [0, N],
        [0, C],
        [padding, padding + Y],
        [padding, padding + X],
      ]),
      dC_by_dweights: flip(scale(sum(convolve(images, above, padding), [0]), 1 / N), [2, 3]),
      dC_by_dbias: scale(sum(sum(sum(dC_by_doutputs, [3]), [2]), [0]), 1 / N),
    };
  }
}
