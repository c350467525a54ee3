import { type Tensor, zeros } from '@im2grade/tensor';
import { type Derivatives, Layer } from './Layer.ts';
import type { MaxPoolDescription } from './model.ts';
import type { Size } from './sizes.ts';

/**
 * The largest of each window, channel by channel. Padding counts: its zeros can be the largest. On the way down each
 * derivative goes to **all** units that are as large as the largest, as in the original.
 */
export class MaxPool extends Layer {
  readonly #window: MaxPoolDescription;

  constructor(description: MaxPoolDescription, input: Size, output: Size) {
    super(description.name, input, output);
    this.#window = description;
  }

  override ComputeUp(inputs: Tensor): Tensor {
    const [N, C] = inputs.shape;
    const { size_y, size_x } = this.output;
    const outputs = zeros([N, C, size_y, size_x], inputs);
    outputs.data.fill(-Infinity);
    this.#eachPair(N * C, (input, output) => {
      const value = input < 0 ? 0 : inputs.data[input];
      if (value > outputs.data[output]) outputs.data[output] = value;
    });
    return outputs;
  }

  override ComputeDown(dC_by_doutputs: Tensor, inputs: Tensor, outputs: Tensor): Derivatives {
    const [N, C] = inputs.shape;
    const dC_by_dinputs = zeros(inputs.shape, inputs);
    this.#eachPair(N * C, (input, output) => {
      if (input >= 0 && inputs.data[input] === outputs.data[output])
        dC_by_dinputs.data[input] += dC_by_doutputs.data[output];
    });
    return { dC_by_dinputs };
  }

  /** Visits each unit of each window with the output that it belongs to; −1 means padding. */
  #eachPair(maps: number, visit: (input: number, output: number) => void): void {
    const { size_y: Y, size_x: X } = this.input;
    const { size_y, size_x } = this.output;
    const { kernel_size, stride, padding } = this.#window;
    for (let output = 0; output < maps * size_y * size_x; output++) {
      const map = Math.floor(output / (size_y * size_x));
      const top = (Math.floor(output / size_x) % size_y) * stride - padding;
      const left = (output % size_x) * stride - padding;
      for (let y = top; y < top + kernel_size; y++)
        for (let x = left; x < left + kernel_size; x++)
          visit(y < 0 || y >= Y || x < 0 || x >= X ? -1 : (map * Y + y) * X + x, output);
    }
  }
}
