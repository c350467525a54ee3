import { ConvolutionalLayer, convolve, type Derivatives } from '@im2grade/layers';
import { addColumn, flip, reshape, scale, sum, type Tensor } from '@im2grade/tensor';

/** A tensor with the axes that convolve needs: [N][K][C][Y][X]. */
class Planes {
  readonly tensor: Tensor;

  constructor(tensor: Tensor, axis: 0 | 1 | 2) {
    const shape = tensor.shape.toSpliced(axis, 0, 1);
    this.tensor = reshape(tensor, shape);
  }

  get flipped(): Tensor {
    return flip(this.tensor, [3, 4]);
  }
}

export class ConvMethod2 extends ConvolutionalLayer {
  override ComputeUp(inputs: Tensor): Tensor {
    const images = new Planes(inputs, 1);
    const kernels = new Planes(this.weights, 0);
    const sums = sum(convolve(images.tensor, kernels.flipped, this.padding), [2]);
    const [N, K, Y, X] = sums.shape;
    return reshape(addColumn(reshape(sums, [N, K, Y * X]), this.bias), sums.shape);
  }

  override ComputeDown(dC_by_doutputs: Tensor, inputs: Tensor): Required<Derivatives> {
    const above = new Planes(dC_by_doutputs, 2);
    const kernels = new Planes(this.weights, 0);
    const images = new Planes(inputs, 1);
    const share = 1 / inputs.shape[0];
    return {
      dC_by_dinputs: sum(convolve(above.tensor, kernels.tensor, this.kernel_size - this.padding - 1), [1]),
      dC_by_dweights: scale(sum(convolve(images.tensor, above.flipped, this.padding), [0]), share),
      dC_by_dbias: scale(sum(dC_by_doutputs, [0, 2, 3]), share),
    };
  }
}
