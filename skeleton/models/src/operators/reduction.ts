import { type Layout, storedShape, stridesOf } from '../evaluate/Layout.ts';
import { eachIndex } from '../graph/Constant.ts';
import { elementsOf, type Shape } from '../graph/Shape.ts';
import { Misfit, only, type Operator } from './Operator.ts';

/** The mean, sum or largest number along axes, which stay with size 1 or go. */
export interface Reduction {
  readonly kind: 'reduction';
  readonly function: 'mean' | 'sum' | 'max';
  readonly axes: readonly number[];
  readonly keepsAxes: boolean;
}

const PACE = 20;

export const reduction: Operator<Reduction> = {
  shape({ axes, keepsAxes }, inputs) {
    const input = only(inputs);
    const missing = axes.find((axis) => !(axis in input));
    if (missing !== undefined) throw new Misfit(`has no axis ${missing} among ${input.length}`);
    if (keepsAxes) return input.map((size, axis) => (axes.includes(axis) ? 1 : size));
    return input.filter((_, axis) => !axes.includes(axis));
  },

  work: (_, inputs) => elementsOf(inputs[0]) * PACE,

  prepare(operation, [from], shape) {
    const layout = remaining(operation, from, shape);
    const targets = targetsOf(operation, from);
    const [size, n] = [targets.length, elementsOf(shape)];
    const isMax = operation.function === 'max';
    const share = operation.function === 'mean' ? n / size : 1;
    return {
      layout,
      run([values], count, take) {
        const result = take(count * n);
        const totals = new Float64Array(n);
        for (let image = 0; image < count; image++) {
          totals.fill(isMax ? -Infinity : 0);
          for (let i = 0; i < size; i++) {
            const value = values[image * size + i];
            if (isMax) totals[targets[i]] = Math.max(totals[targets[i]], value);
            else totals[targets[i]] += value;
          }
          for (let i = 0; i < n; i++) result[image * n + i] = totals[i] * share;
        }
        return result;
      },
    };
  },
};

/** The axes that are left stay in their order. */
function remaining({ axes, keepsAxes }: Reduction, { order }: Layout, shape: Shape): Layout {
  if (keepsAxes) return { shape, order };
  const left = order.filter((axis) => !axes.includes(axis));
  const sorted = left.toSorted((a, b) => a - b);
  return { shape, order: left.map((axis) => sorted.indexOf(axis)) };
}

/** For each element as it is stored, the element of the result that it goes into. */
function targetsOf({ axes }: Reduction, from: Layout): Int32Array {
  const kept: Layout = { shape: from.shape.map((size, axis) => (axes.includes(axis) ? 1 : size)), order: from.order };
  const strides = stridesOf(kept).map((stride, axis) => (axes.includes(axis) ? 0 : stride));
  const targets = new Int32Array(elementsOf(from.shape));
  eachIndex(
    storedShape(from),
    from.order.map((axis) => strides[axis]),
    (index, place) => (targets[index] = place),
  );
  return targets;
}
