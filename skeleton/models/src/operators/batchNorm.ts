import { channelsLast, conversion } from '../evaluate/Layout.ts';
import { elementsOf } from '../graph/Shape.ts';
import { Misfit, only, type Operator } from './Operator.ts';

/** Normalisation of each channel with the mean and the variance that training has left behind. */
export interface BatchNorm {
  readonly kind: 'batch-norm';
  readonly scale: Float32Array;
  readonly shift: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly epsilon: number;
}

const PACE = 8;

export const batchNorm: Operator<BatchNorm> = {
  shape({ scale, shift, mean, variance, epsilon }, inputs) {
    const input = only(inputs);
    if (input.length === 0) throw new Misfit('has an input without channels');
    const wrong = [scale, shift, mean, variance].find(({ length }) => length !== input[0]);
    if (wrong) throw new Misfit(`has ${wrong.length} numbers for ${input[0]} channels`);
    if (variance.some((each) => each + epsilon <= 0)) throw new Misfit('has a variance that is not positive');
    return input;
  },

  work: (_, __, output) => elementsOf(output) * PACE,

  parameters: ({ scale, shift }) => scale.length + shift.length,

  prepare({ scale, shift, mean, variance, epsilon }, [layout], output) {
    const from = conversion(layout, channelsLast(layout.shape));
    const factors = scale.map((each, c) => each / Math.sqrt(variance[c] + epsilon));
    const offsets = shift.map((each, c) => each - mean[c] * factors[c]);
    const C = scale.length;
    return {
      layout: channelsLast(output),
      run([given], count, take) {
        const values = from(given, count, take);
        const result = take(values.length);
        for (let pixel = 0; pixel < values.length; pixel += C)
          for (let c = 0; c < C; c++) result[pixel + c] = values[pixel + c] * factors[c] + offsets[c];
        return result;
      },
    };
  },
};
