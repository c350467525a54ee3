import { type Derivatives, FullyConnectedLayer } from '@im2grade/layers';
import { matmul, reshape, scale, stack, sum, type Tensor, tensor } from '@im2grade/tensor';

/** The bias as weights of an input that is always 1. */
export class FullyConnected extends FullyConnectedLayer {
  override ComputeUp(inputs: Tensor): Tensor {
    const products = matmul(inputs, this.weights, { transposeB: true });
    const biases = matmul(ones(inputs.shape[0]), reshape(this.bias, [1, this.bias.data.length]));
    return sum(stack([products, biases]), [0]);
  }

  override ComputeDown(dC_by_doutputs: Tensor, inputs: Tensor): Required<Derivatives> {
    const [N, K] = dC_by_doutputs.shape;
    const mean = scale(dC_by_doutputs, 1 / N);
    return {
      dC_by_dinputs: matmul(dC_by_doutputs, this.weights),
      dC_by_dweights: matmul(mean, inputs, { transposeA: true }),
      dC_by_dbias: reshape(matmul(mean, ones(N), { transposeA: true }), [K]),
    };
  }
}

const ones = (N: number): Tensor => tensor([N, 1], new Float64Array(N).fill(1));
