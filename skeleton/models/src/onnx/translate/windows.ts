import type { Shape } from '../../graph/Shape.ts';
import { type Pair, samePadding, type Window } from '../../operators/Window.ts';
import type { OnnxOperation } from '../OnnxOperation.ts';

/** The window of a convolution or pooling, from its attributes. */
export function windowOf(operation: OnnxOperation, size: Pair, input: Shape): Window {
  const strides = pair(operation, 'strides', 1);
  const dilations = pair(operation, 'dilations', 1);
  const pads = operation.integers('pads');
  const auto = operation.text('auto_pad', 'NOTSET');
  if (auto === 'NOTSET' || auto === 'VALID') {
    const [top, left, bottom, right] = auto === 'VALID' ? [0, 0, 0, 0] : fourOf(operation, pads ?? [0, 0, 0, 0]);
    return {
      ...{ size, strides, dilations },
      padding: [
        [top, bottom],
        [left, right],
      ],
    };
  }
  if (auto !== 'SAME_UPPER' && auto !== 'SAME_LOWER') throw operation.unknown(`has auto_pad = ${auto}`);
  const same = (axis: 0 | 1): Pair =>
    samePadding(input[axis + 1], (size[axis] - 1) * dilations[axis] + 1, strides[axis], auto === 'SAME_LOWER');
  return { size, strides, dilations, padding: [same(0), same(1)] };
}

/** A pair of an attribute's integers. */
export function pair(operation: OnnxOperation, name: string, otherwise: number): Pair {
  const values = operation.integers(name);
  if (!values) return [otherwise, otherwise];
  if (values.length !== 2) throw operation.unknown(`has ${values.length} ${name}; images have two`);
  return [values[0], values[1]];
}

function fourOf(operation: OnnxOperation, values: readonly number[]): readonly number[] {
  if (values.length !== 4) throw operation.unknown(`has ${values.length} pads; images have four`);
  return values;
}
