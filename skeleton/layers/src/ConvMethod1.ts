import { addRow, ALL, assign, matmul, reshape, scale, slice, sum, type Tensor, zeros } from '@im2grade/tensor';
import { ConvolutionalLayer } from './ConvolutionalLayer.ts';
import type { Derivatives } from './Layer.ts';
import { AddPatch, GetPatch } from './patches.ts';

/** A convolutional layer by Method 1: the dot product of the kernels with each patch. Any stride. */
export class ConvMethod1 extends ConvolutionalLayer {
  override ComputeUp(inputs: Tensor): Tensor {
    const { num_channels, size_y, size_x } = this.output;
    const outputs = zeros([inputs.shape[0], num_channels, size_y, size_x], inputs);
    const kernels = this.#kernels();
    this.#eachPosition((y, x, top, left) => {
      const patch = GetPatch(inputs, top, left, this.kernel_size);
      assign(outputs, [ALL, ALL, y, x], addRow(matmul(patch, kernels, { transposeB: true }), this.bias));
    });
    return outputs;
  }

  override ComputeDown(dC_by_doutputs: Tensor, inputs: Tensor): Required<Derivatives> {
    const [N] = inputs.shape;
    const dC_by_dinputs = zeros(inputs.shape, inputs);
    const kernels = this.#kernels();
    const dKernels = zeros(kernels.shape, inputs);
    this.#eachPosition((y, x, top, left) => {
      const derivatives = slice(dC_by_doutputs, [ALL, ALL, y, x]);
      const patch = GetPatch(inputs, top, left, this.kernel_size);
      const part = matmul(derivatives, patch, { transposeA: true });
      for (let i = 0; i < part.data.length; i++) dKernels.data[i] += part.data[i];
      AddPatch(dC_by_dinputs, matmul(derivatives, kernels), top, left, this.kernel_size);
    });
    return {
      dC_by_dinputs,
      dC_by_dweights: reshape(scale(dKernels, 1 / N), this.weights.shape),
      dC_by_dbias: scale(sum(dC_by_doutputs, [0, 2, 3]), 1 / N),
    };
  }

  /** The weights as a matrix, a row for each output channel. */
  #kernels(): Tensor {
    const [K, C] = this.weights.shape;
    return reshape(this.weights, [K, C * this.kernel_size * this.kernel_size]);
  }

  /** Visits each position of the kernels: its output, and the first pixel of its patch in the inputs. */
  #eachPosition(visit: (y: number, x: number, top: number, left: number) => void): void {
    for (let y = 0; y < this.output.size_y; y++)
      for (let x = 0; x < this.output.size_x; x++)
        visit(y, x, y * this.stride - this.padding, x * this.stride - this.padding);
  }
}
