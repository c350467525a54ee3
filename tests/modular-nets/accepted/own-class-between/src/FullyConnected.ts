import { type Derivatives, FullyConnectedLayer } from '@im2grade/layers';
import { addRow, matmul, scale, sum, type Tensor } from '@im2grade/tensor';

/** What the two ways have in common. */
abstract class Averaging extends FullyConnectedLayer {
  protected mean(total: Tensor, N: number): Tensor {
    return scale(total, 1 / N);
  }

  static product(a: Tensor, b: Tensor): Tensor {
    return matmul(a, b, { transposeB: true });
  }
}

export class FullyConnected extends Averaging {
  override ComputeUp(inputs: Tensor): Tensor {
    const z = Averaging.product(inputs, this.weights);
    // A tensor of its own: what came in stays as it is.
    const result = { shape: z.shape, data: z.data.slice() };
    result.data.set(addRow(z, this.bias).data);
    return result;
  }

  override ComputeDown(dC_by_doutputs: Tensor, inputs: Tensor): Required<Derivatives> {
    const [N] = inputs.shape;
    const dC_by_dinputs = matmul(dC_by_doutputs, this.weights);
    const dC_by_dweights = this.mean(matmul(dC_by_doutputs, inputs, { transposeA: true }), N);
    const dC_by_dbias = this.mean(sum(dC_by_doutputs, [0]), N);
    return { dC_by_dinputs, dC_by_dweights, dC_by_dbias };
  }
}
