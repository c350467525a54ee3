import { type Derivatives, FullyConnectedLayer } from '@im2grade/layers';
import { addRow, matmul, scale, sum, type Tensor } from '@im2grade/tensor';

/** A standard decorator that returns the method as it is. */
const asItIs = <Method>(method: Method, _context: ClassMethodDecoratorContext): Method => method;

/** Part 1: a fully connected layer. Four or five lines in all, and no loop. */
export class FullyConnected extends FullyConnectedLayer {
  /**
   * Part 1.1: what each output unit gets, before the activation function (`FCLayer.ComputeUp` of the original).
   *
   * out[n][k] = Σ_d inputs[n][d] · weights[k][d] + bias[k], with `this.weights` `[K][D]` and `this.bias` `[K]`
   *
   * @param inputs - `[N][D]`, a row for each image; only read
   * @returns `[N][K]`
   */
  @asItIs
  override ComputeUp(inputs: Tensor): Tensor {
    return addRow(matmul(inputs, this.weights, { transposeB: true }), this.bias);
  }

  /**
   * Part 1.2: the way down (`FCLayer.ComputeDown` of the original).
   *
   * Derivatives with respect to inputs are each image's own; those of weights and bias are the **mean** over the batch.
   *
   * @param dC_by_doutputs - `[N][K]`, a row for each image; only read
   * @param inputs - `[N][D]`, what `ComputeUp` was given; only read
   * @returns `dC_by_dinputs` `[N][D]`, `dC_by_dweights` `[K][D]`, `dC_by_dbias` `[K]`
   */
  override ComputeDown(dC_by_doutputs: Tensor, inputs: Tensor): Required<Derivatives> {
    const [N] = inputs.shape;
    const totals = [matmul(dC_by_doutputs, inputs, { transposeA: true }), sum(dC_by_doutputs, [0])];
    const [dC_by_dweights, dC_by_dbias] = totals.map((total) => scale(total, 1 / N));
    return { dC_by_dinputs: matmul(dC_by_doutputs, this.weights), dC_by_dweights, dC_by_dbias };
  }
}
