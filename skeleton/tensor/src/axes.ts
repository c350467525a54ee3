import { shown, sizeOf, type Tensor, zeros } from './tensor.ts';

/**
 * The sums over some axes, as NumPy's `a.sum(axes)`: these axes go away. `sum(a, [0, 2, 3])` of images `[N][C][H][W]` is a
 * number for each channel.
 *
 * @throws RangeError when there is no such axis
 */
export function sum(a: Tensor, axes: readonly number[]): Tensor {
  requireAxes('sum', a, axes);
  const kept = a.shape.map((_, axis) => !axes.includes(axis));
  const result = zeros(
    a.shape.filter((_, axis) => kept[axis]),
    a,
  );
  const strides = new Array<number>(a.shape.length).fill(0);
  let stride = 1;
  for (let axis = a.shape.length - 1; axis >= 0; axis--)
    if (kept[axis]) {
      strides[axis] = stride;
      stride *= a.shape[axis];
    }
  const [from, to] = [a.data, result.data];
  eachElement(a.shape, strides, 0, (at, i) => (to[at] += from[i]));
  return result;
}

/**
 * A copy in which some axes run backwards, as NumPy's `flip(a, axes)`.
 *
 * @throws RangeError when there is no such axis
 */
export function flip(a: Tensor, axes: readonly number[]): Tensor {
  requireAxes('flip', a, axes);
  const result = zeros(a.shape, a);
  let stride = sizeOf(a.shape);
  let begin = 0;
  const strides = a.shape.map((size, axis) => {
    stride /= size || 1;
    if (!axes.includes(axis)) return stride;
    begin += (size - 1) * stride;
    return -stride;
  });
  const [from, to] = [a.data, result.data];
  eachElement(a.shape, strides, begin, (at, i) => (to[i] = from[at]));
  return result;
}

/** Visits all elements in their order: where each lies by the strides, and its number. */
function eachElement(
  shape: readonly number[],
  strides: readonly number[],
  begin: number,
  visit: (at: number, i: number) => void,
): void {
  const last = shape.length - 1;
  let i = 0;
  const descend = (axis: number, from: number): void => {
    if (axis > last) return visit(from, i++);
    const step = strides[axis];
    for (let k = 0, at = from; k < shape[axis]; k++, at += step)
      if (axis === last) visit(at, i++);
      else descend(axis + 1, at);
  };
  descend(0, begin);
}

function requireAxes(what: string, { shape }: Tensor, axes: readonly number[]): void {
  const wrong = axes.find((axis) => !(Number.isInteger(axis) && axis >= 0 && axis < shape.length));
  if (wrong !== undefined) throw new RangeError(`${what}: a tensor of shape ${shown(shape)} has no axis ${wrong}`);
}
