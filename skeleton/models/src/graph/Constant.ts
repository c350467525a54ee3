import { elementsOf, type Shape } from './Shape.ts';

/** Numbers of the model itself, row-major: weights, biases, means. They are the same for all images. */
export interface Constant {
  readonly shape: Shape;
  readonly values: Float32Array;
}

/** The same numbers with their axes in another order: axis i of the result is axis `order[i]`. */
export function transposed({ shape, values }: Constant, order: readonly number[]): Constant {
  const result = order.map((axis) => shape[axis]);
  const strides = order.map((axis) => elementsOf(shape.slice(axis + 1)));
  const moved = new Float32Array(values.length);
  eachIndex(result, strides, (to, from) => (moved[to] = values[from]));
  return { shape: result, values: moved };
}

/** Visits all elements of a shape in order, each with its place where axes are `strides` apart. */
export function eachIndex(
  shape: Shape,
  strides: readonly number[],
  visit: (index: number, place: number) => void,
): void {
  const count = elementsOf(shape);
  const at = shape.map(() => 0);
  for (let index = 0, place = 0; index < count; index++) {
    visit(index, place);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += strides[axis];
      if (++at[axis] < shape[axis]) break;
      place -= strides[axis] * shape[axis];
      at[axis] = 0;
    }
  }
}
