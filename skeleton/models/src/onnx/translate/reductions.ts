import type { Reduction } from '../../operators/reduction.ts';
import type { OnnxOperation } from '../OnnxOperation.ts';

/** The axes are an attribute before version 13 or 18, and an input since. */
export const reduce =
  (name: Reduction['function']) =>
  (operation: OnnxOperation): void => {
    operation.ignore('noop_with_empty_axes');
    const axes = operation.axes(1);
    if (!axes || axes.length === 0) throw operation.refusal('goes over all axes, which mixes images; name the axes');
    const rank = operation.shape().length;
    operation.becomes({
      kind: 'reduction',
      function: name,
      axes: operation.axesOfImages(axes, rank),
      keepsAxes: operation.integer('keepdims', 1) !== 0,
    });
  };
