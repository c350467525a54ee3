import { conversion, storedShape } from '../evaluate/Layout.ts';
import { elementsOf } from '../graph/Shape.ts';
import { Misfit, only, type Operator } from './Operator.ts';

/** Probabilities along an axis, or their logarithms. */
export interface Softmax {
  readonly kind: 'softmax';
  readonly axis: number;
  readonly logarithm: boolean;
}

const PACE = 200;

export const softmax: Operator<Softmax> = {
  shape({ axis }, inputs) {
    const input = only(inputs);
    if (!(axis in input)) throw new Misfit(`has no axis ${axis} among ${input.length}`);
    return input;
  },

  work: (_, __, output) => elementsOf(output) * PACE,

  prepare({ axis, logarithm }, [given], shape) {
    const layout = { shape, order: [...given.order.filter((each) => each !== axis), axis] };
    const from = conversion(given, layout);
    const size = storedShape(layout).at(-1)!;
    return {
      layout,
      run([values], count, take) {
        const result = take(values.length);
        result.set(from(values, count, take));
        for (let at = 0; at < result.length; at += size) normalise(result.subarray(at, at + size), logarithm);
        return result;
      },
    };
  },
};

function normalise(row: Float32Array, logarithm: boolean): void {
  let [largest, sum] = [-Infinity, 0];
  for (const value of row) largest = Math.max(largest, value);
  for (const value of row) sum += Math.exp(value - largest);
  for (let i = 0; i < row.length; i++)
    row[i] = logarithm ? row[i] - largest - Math.log(sum) : Math.exp(row[i] - largest) / sum;
}
