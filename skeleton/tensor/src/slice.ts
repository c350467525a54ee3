import { countOperation } from '@im2grade/nn';
import { shown, sizeOf, type Tensor, zeros } from './tensor.ts';

/** One axis of a slice: an index (the axis goes away), `[begin, end, step]` (end excluded, step 1 when left out), or `ALL`. */
export type Range = number | readonly [begin: number, end: number, step?: number] | typeof ALL;

/** The whole axis, as a bare `:` in Python. */
export const ALL = 'all';

/** The part of a tensor that ranges select: its offset, and the size and stride of each remaining axis. */
interface Region {
  readonly begin: number;
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
}

/**
 * A copy of a part of a tensor, as NumPy's `a[ranges]`: `slice(a, [ALL, ALL, [0, H, 2], [0, W, 2]])` is every second
 * row and column of all maps.
 *
 * @param ranges - one for each axis; axes without one stay whole
 * @throws RangeError when a range reaches over its axis
 */
export function slice(a: Tensor, ranges: readonly Range[]): Tensor {
  countOperation();
  const region = regionOf(a, ranges);
  const part = zeros(region.sizes, a);
  const [from, to] = [a.data, part.data];
  eachRow(region, (begin, length, stride, at) => {
    for (let i = 0; i < length; i++) to[at + i] = from[begin + i * stride];
  });
  return part;
}

/**
 * Writes a tensor into a part of another one, as NumPy's `a[ranges] = values`.
 *
 * @param values - as many numbers as the part has, in its order; its shape is ignored
 * @throws RangeError when a range reaches over its axis, or the numbers are more or fewer
 */
export function assign(a: Tensor, ranges: readonly Range[], values: Tensor): void {
  countOperation();
  const region = regionOf(a, ranges);
  if (sizeOf(region.sizes) !== values.data.length)
    throw new RangeError(
      `a tensor of shape ${shown(values.shape)} does not fill a part of shape ${shown(region.sizes)}`,
    );
  const [from, to] = [values.data, a.data];
  eachRow(region, (begin, length, stride, at) => {
    for (let i = 0; i < length; i++) to[begin + i * stride] = from[at + i];
  });
}

function regionOf({ shape }: Tensor, ranges: readonly Range[]): Region {
  if (ranges.length > shape.length)
    throw new RangeError(`${ranges.length} ranges for a tensor of shape ${shown(shape)}`);
  let [begin, stride] = [0, sizeOf(shape)];
  const sizes: number[] = [];
  const strides: number[] = [];
  shape.forEach((size, axis) => {
    stride /= size;
    const range = ranges[axis] ?? ALL;
    const [first, end, step = 1] = range === ALL ? [0, size] : typeof range === 'number' ? [range, range + 1] : range;
    if (!(Number.isInteger(first) && Number.isInteger(end) && first >= 0 && end >= first && end <= size && step >= 1))
      throw new RangeError(`range ${String(range)} of axis ${axis} is outside a tensor of shape ${shown(shape)}`);
    begin += first * stride;
    if (typeof range === 'number') return;
    // By index: `countingAccess` counts pushes, and a call of the library is one operation.
    sizes[sizes.length] = Math.ceil((end - first) / step);
    strides[strides.length] = step * stride;
  });
  return { begin, sizes, strides };
}

type VisitRow = (begin: number, length: number, stride: number, at: number) => void;

/** Visits the rows of a region along its last axis, with their offsets in the tensor and in a copy without gaps. */
function eachRow({ begin, sizes, strides }: Region, visit: VisitRow): void {
  const last = sizes.length - 1;
  if (last < 0) return visit(begin, 1, 1, 0);
  if (sizes[last] === 0) return;
  let at = 0;
  const descend = (axis: number, from: number): void => {
    if (axis === last) {
      visit(from, sizes[last], strides[last], at);
      at += sizes[last];
      return;
    }
    for (let i = 0; i < sizes[axis]; i++) descend(axis + 1, from + i * strides[axis]);
  };
  descend(0, begin);
}
