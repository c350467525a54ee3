import { eachIndex } from '../graph/Constant.ts';
import { elementsOf, type Shape } from '../graph/Shape.ts';
import type { Take } from '../operators/Operator.ts';

/**
 * How a value is stored, image after image: `order` lists its axes from the slowest to the fastest. With it a
 * transposition moves nothing, and convolutions have their channels last whatever the model says.
 */
export interface Layout {
  readonly shape: Shape;
  readonly order: readonly number[];
}

export const rowMajor = (shape: Shape): Layout => ({ shape, order: shape.map((_, axis) => axis) });

/** Axis 0 varies fastest: `[y][x][channel]` for a value of the shape channel × y × x. */
export const channelsLast = (shape: Shape): Layout => ({ shape, order: [...shape.map((_, axis) => axis).slice(1), 0] });

/** The sizes of the axes as they are stored. */
export const storedShape = ({ shape, order }: Layout): Shape => order.map((axis) => shape[axis]);

type Convert = (values: Float32Array, count: number, take: Take) => Float32Array;

/** Converts the values of images from one layout into another of the same shape. */
export function conversion(from: Layout, to: Layout): Convert {
  if (isSameMemory(from, to)) return (values) => values;
  const places = placesIn(from, to);
  const size = places.length;
  return (values, count, take) => {
    const result = take(count * size);
    for (let image = 0; image < count; image++) {
      const base = image * size;
      for (let i = 0; i < size; i++) result[base + i] = values[base + places[i]];
    }
    return result;
  };
}

/** Axes of size 1 are nowhere: their place in the order does not matter. */
function isSameMemory(from: Layout, to: Layout): boolean {
  const [a, b] = [from, to].map(({ shape, order }) => order.filter((axis) => shape[axis] !== 1));
  return a.every((axis, i) => axis === b[i]);
}

/** For each element as `to` stores it, its place as `from` does. */
function placesIn(from: Layout, to: Layout): Int32Array {
  const strides = stridesOf(from);
  const places = new Int32Array(elementsOf(to.shape));
  eachIndex(
    storedShape(to),
    to.order.map((axis) => strides[axis]),
    (index, place) => (places[index] = place),
  );
  return places;
}

/** How far apart neighbours along each axis are stored. */
export function stridesOf({ shape, order }: Layout): number[] {
  const strides = shape.map(() => 1);
  for (let i = order.length - 2; i >= 0; i--) strides[order[i]] = strides[order[i + 1]] * shape[order[i + 1]];
  return strides;
}
