import { conversion, type Layout, storedShape } from '../evaluate/Layout.ts';
import { elementsOf, isSameShape, type Shape, showShape } from '../graph/Shape.ts';
import { Misfit, type Operator } from './Operator.ts';

/** Values one behind the other along an axis. */
export interface Concatenation {
  readonly kind: 'concatenation';
  readonly axis: number;
}

export const concatenation: Operator<Concatenation> = {
  shape({ axis }, inputs) {
    const [first] = inputs;
    if (!first || !(axis in first)) throw new Misfit(`has no axis ${axis} to put its inputs along`);
    const without = (shape: Shape): Shape => shape.toSpliced(axis, 1);
    const other = inputs.find((each) => !isSameShape(without(each), without(first)));
    if (other) throw new Misfit(`puts ${showShape(first)} and ${showShape(other)} together along axis ${axis}`);
    return first.with(
      axis,
      inputs.reduce((sum, shape) => sum + shape[axis], 0),
    );
  },

  work: (_, __, output) => elementsOf(output) * 8,

  prepare({ axis }, inputs, shape) {
    const { order } = inputs[0];
    const layout: Layout = { shape, order };
    const behind = order.indexOf(axis);
    const parts = inputs.map((input) => {
      const to = { shape: input.shape, order };
      return { from: conversion(input, to), run: elementsOf(storedShape(to).slice(behind)) };
    });
    const run = elementsOf(storedShape(layout).slice(behind));
    return {
      layout,
      run(given, count, take) {
        const result = take(count * elementsOf(shape));
        let offset = 0;
        parts.forEach((part, i) => {
          const values = part.from(given[i], count, take);
          for (let from = 0, to = offset; from < values.length; from += part.run, to += run)
            result.set(values.subarray(from, from + part.run), to);
          offset += part.run;
        });
        return result;
      },
    };
  },
};
