import { gemm } from '@im2grade/nn';
import { conversion, rowMajor } from '../evaluate/Layout.ts';
import type { Constant } from '../graph/Constant.ts';
import { elementsOf, showShape } from '../graph/Shape.ts';
import { placed } from './placed.ts';
import { Misfit, only, type Operator } from './Operator.ts';

/** Products of the last axis with a matrix of weights, plus biases. */
export interface Dense {
  readonly kind: 'dense';
  /** `[in][out]` */
  readonly weights: Constant;
  readonly biases: Float32Array | undefined;
}

export const dense: Operator<Dense> = {
  shape({ weights, biases }, inputs) {
    const input = only(inputs);
    const [D, K] = weights.shape;
    if (weights.shape.length !== 2 || input.at(-1) !== D)
      throw new Misfit(`has weights ${showShape(weights.shape)} for an input of ${showShape(input)}`);
    if (biases && biases.length !== K) throw new Misfit(`has ${biases.length} biases for ${K} outputs`);
    return [...input.slice(0, -1), K];
  },

  work: ({ weights }, _, output) => elementsOf(output) * weights.shape[0],

  parameters: ({ weights, biases }) => weights.values.length + (biases?.length ?? 0),

  prepare({ weights, biases }, [layout], output) {
    const [D, K] = weights.shape;
    const rows = elementsOf(output) / K;
    const own = placed(weights.values);
    const from = conversion(layout, rowMajor(layout.shape));
    return {
      layout: rowMajor(output),
      run([values], count, take) {
        const result = take(count * rows * K);
        if (biases) for (let row = 0; row < count * rows; row++) result.set(biases, row * K);
        gemm('N', 'N', count * rows, K, D, 1, from(values, count, take), D, own, K, biases ? 1 : 0, result, K);
        return result;
      },
    };
  },
};
