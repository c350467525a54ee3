import { conversion, rowMajor } from '../evaluate/Layout.ts';
import { elementsOf, type Shape, showShape } from '../graph/Shape.ts';
import { Misfit, only, type Operator } from './Operator.ts';

/** The same numbers in another shape, row by row. */
export interface Reshape {
  readonly kind: 'reshape';
  readonly shape: Shape;
}

export const reshape: Operator<Reshape> = {
  shape({ shape }, inputs) {
    const input = only(inputs);
    if (elementsOf(input) !== elementsOf(shape)) throw new Misfit(`makes ${showShape(shape)} of ${showShape(input)}`);
    return shape;
  },
  work: (_, __, output) => elementsOf(output),
  prepare(_, [layout], output) {
    const from = conversion(layout, rowMajor(layout.shape));
    return { layout: rowMajor(output), run: ([values], count, take) => from(values, count, take) };
  },
};

/** Axis i of the result is axis `order[i]`. */
export interface Transpose {
  readonly kind: 'transpose';
  readonly order: readonly number[];
}

export const transpose: Operator<Transpose> = {
  shape({ order }, inputs) {
    const input = only(inputs);
    const isPermutation = order.toSorted((a, b) => a - b).every((axis, i) => axis === i);
    if (!isPermutation || order.length !== input.length)
      throw new Misfit(`has the axes ${showShape(order)} for an input of ${showShape(input)}`);
    return order.map((axis) => input[axis]);
  },
  work: () => 0,
  // Nothing moves: only the axes get other numbers.
  prepare: ({ order }, [layout], shape) => ({
    layout: { shape, order: layout.order.map((axis) => order.indexOf(axis)) },
    run: ([values]) => values,
  }),
};
