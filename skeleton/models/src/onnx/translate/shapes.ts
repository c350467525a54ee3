import { elementsOf, type Shape, showShape } from '../../graph/Shape.ts';
import type { OnnxOperation } from '../OnnxOperation.ts';
import type { Size } from '../OnnxScope.ts';
import { IN_TRAINING } from './layers.ts';

/** Nothing changes: the output is another name of the input. */
export function same(operation: OnnxOperation): void {
  operation.stands(operation.input(0));
}

export function dropout(operation: OnnxOperation): void {
  operation.ignore('ratio', 'seed', 'is_test');
  const mode = operation.optional(2);
  if (mode?.kind === 'sizes' && mode.sizes[0] !== 0) throw operation.refusal(IN_TRAINING);
  same(operation);
}

/** To other real numbers: all are computed in single precision. */
export function cast(operation: OnnxOperation): void {
  const REALS = [1, 10, 11, 16];
  operation.ignore('saturate');
  const to = operation.integer('to', 0);
  const isReal = operation.input(0).kind !== 'sizes';
  if (isReal !== REALS.includes(to)) throw operation.unknown(`converts to type ${to}`);
  same(operation);
}

export function constant(operation: OnnxOperation): void {
  const tensor = operation.attribute('value')?.tensor;
  if (tensor) {
    operation.stands(operation.scope.read({ ...tensor, name: operation.node.outputs[0] ?? '' }));
    return;
  }
  const integers = operation.integers('value_ints') ?? listOf(operation.attribute('value_int')?.integer);
  const floats = operation.attribute('value_floats')?.floats ?? listOf(operation.attribute('value_float')?.float);
  if (integers) operation.stands({ kind: 'sizes', shape: [integers.length], sizes: integers });
  else if (floats)
    operation.stands({ kind: 'constant', constant: { shape: [floats.length], values: Float32Array.from(floats) } });
  else throw operation.unknown('has a constant that is no list of numbers');
}

const listOf = (value: number | undefined): number[] | undefined => (value === undefined ? undefined : [value]);

export function flatten(operation: OnnxOperation): void {
  const shape = operation.shape();
  if (operation.axis(operation.integer('axis', 1), Math.max(1, shape.length)) !== 0)
    throw operation.unknown('keeps some of the axes');
  operation.becomes({ kind: 'reshape', shape: [elementsOf(shape)] });
}

export function reshape(operation: OnnxOperation): void {
  const target = operation.sizes(1);
  if (!target) throw operation.refusal('has no shape; export the model again');
  const keepsZeros = operation.integer('allowzero', 0) !== 0;
  const from = operation.shape();
  const [first, ...others] = target;
  const shape = filledIn(operation, others, from, keepsZeros);
  const isImages = first === 'images' || first === 0 || first === operation.scope.images;
  if (!isImages && !(first === -1 && elementsOf(shape) === elementsOf(from)))
    throw operation.refusal(`makes ${showShape(target)} of all images, which mixes them; keep the first axis`);
  operation.becomes({ kind: 'reshape', shape });
}

/** Zero keeps a size, and one size of −1 is what is left. */
export function filledIn(
  operation: OnnxOperation,
  target: readonly Size[],
  from: Shape,
  keepsZeros: boolean,
): number[] {
  const sizes = target.map((size, axis) => (size === 0 && !keepsZeros ? (from[axis] ?? 0) : size));
  if (sizes.includes('images')) throw operation.unknown('has a size that depends on the number of images');
  const known = sizes as number[];
  const rest = elementsOf(from) / elementsOf(known.filter((size) => size !== -1));
  const shape = known.map((size) => (size === -1 ? rest : size));
  if (known.filter((size) => size === -1).length > 1 || !shape.every((size) => Number.isInteger(size) && size > 0))
    throw operation.refusal(`makes ${showShape(target)} of ${showShape(from)}; check the model and export it again`);
  return shape;
}

export function transpose(operation: OnnxOperation): void {
  const rank = operation.shape().length;
  const perm = operation.integers('perm') ?? Array.from({ length: rank + 1 }, (_, axis) => rank - axis);
  if (perm[0] !== 0) throw operation.refusal('moves the axis of the images; keep it first');
  operation.becomes({ kind: 'transpose', order: perm.slice(1).map((axis) => axis - 1) });
}

export function squeeze(operation: OnnxOperation): void {
  const shape = operation.shape();
  const axes = operation.axes(1);
  const gone = axes && operation.axesOfImages(axes, shape.length);
  operation.becomes({ kind: 'reshape', shape: squeezed(operation, shape, gone) });
}

/** A shape without some axes of size 1, or without any. */
export function squeezed(operation: OnnxOperation, shape: Shape, gone: readonly number[] | undefined): Shape {
  const wide = gone?.find((axis) => shape[axis] !== 1);
  if (wide !== undefined)
    throw operation.refusal(`squeezes ${showShape(shape)} along an axis of ${shape[wide]}; check the model`);
  return shape.filter((size, axis) => (gone ? !gone.includes(axis) : size !== 1));
}

export function unsqueeze(operation: OnnxOperation): void {
  const axes = operation.axes(1) ?? [];
  const shape = operation.shape();
  const added = operation.axesOfImages(axes, shape.length + axes.length);
  operation.becomes({ kind: 'reshape', shape: unsqueezed(shape, added) });
}

/** A shape with further axes of size 1, which are at these places of the result. */
export const unsqueezed = (shape: Shape, added: readonly number[]): Shape =>
  added.toSorted((a, b) => a - b).reduce<Shape>((sizes, axis) => sizes.toSpliced(axis, 0, 1), shape);

export function concat(operation: OnnxOperation): void {
  const axis = operation.axis(operation.integer('axis', 1), operation.shape().length);
  operation.becomes(
    { kind: 'concatenation', axis },
    operation.node.inputs.map((_, index) => index),
  );
}

/** The sizes of a value are known; only the number of images is not. */
export function shape(operation: OnnxOperation): void {
  const all: Size[] = ['images', ...operation.shape()];
  const sizes = all.slice(operation.integer('start', 0), operation.integer('end', all.length));
  operation.stands({ kind: 'sizes', shape: [sizes.length], sizes });
}
