import { ConvolutionalLayer, type Derivatives } from '@im2grade/layers';
import { type Tensor, zeros } from '@im2grade/tensor';

export class ConvMethod2 extends ConvolutionalLayer {
  override ComputeUp(inputs: Tensor): Tensor {
    const [N] = inputs.shape;
    const { num_channels, size_y, size_x } = this.output;
    const outputs = zeros([N, num_channels, size_y, size_x], inputs);
    const plane = size_y * size_x;
    for (let i = 0; i < outputs.data.length; i++)
      outputs.data[i] = this.bias.data[Math.floor(i / plane) % num_channels];
    this.#eachTerm(N, (input, weight, output) => {
      outputs.data[output] += inputs.data[input] * this.weights.data[weight];
    });
    return outputs;
  }

  override ComputeDown(dC_by_doutputs: Tensor, inputs: Tensor): Required<Derivatives> {
    const [N, K, outY, outX] = dC_by_doutputs.shape;
    const dC_by_dinputs = zeros(inputs.shape, inputs);
    const dC_by_dweights = zeros(this.weights.shape, inputs);
    const dC_by_dbias = zeros([K], inputs);
    const plane = outY * outX;
    dC_by_doutputs.data.forEach((derivative, i) => {
      dC_by_dbias.data[Math.floor(i / plane) % K] += derivative / N;
    });
    this.#eachTerm(N, (input, weight, output) => {
      const derivative = dC_by_doutputs.data[output];
      dC_by_dinputs.data[input] += derivative * this.weights.data[weight];
      dC_by_dweights.data[weight] += (derivative * inputs.data[input]) / N;
    });
    return { dC_by_dinputs, dC_by_dweights, dC_by_dbias };
  }

  /** Visits every product of an input and a weight with the output to which it belongs. */
  #eachTerm(N: number, visit: (input: number, weight: number, output: number) => void): void {
    const { num_channels: C, size_y: Y, size_x: X } = this.input;
    const { num_channels: K, size_y, size_x } = this.output;
    const { kernel_size, padding } = this;
    for (let n = 0; n < N; n++)
      for (let k = 0; k < K; k++)
        for (let y = 0; y < size_y; y++)
          for (let x = 0; x < size_x; x++)
            for (let c = 0; c < C; c++)
              for (let i = 0; i < kernel_size; i++)
                for (let j = 0; j < kernel_size; j++) {
                  const [row, column] = [y + i - padding, x + j - padding];
                  if (row < 0 || row >= Y || column < 0 || column >= X) continue;
                  visit(
                    ((n * C + c) * Y + row) * X + column,
                    ((k * C + c) * kernel_size + i) * kernel_size + j,
                    ((n * K + k) * size_y + y) * size_x + x,
                  );
                }
  }
}
