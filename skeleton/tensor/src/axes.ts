import { shown, sizeOf, type Tensor, zeros } from './tensor.ts';

/**
 * The sums over some axes, as NumPy's `a.sum(axes)`: these axes go away. `sum(a, [0, 2, 3])` of images `[N][C][H][W]` is a
 * number for each channel.
 *
 * @throws RangeError when there is no such axis
 */
export function sum(a: Tensor, axes: readonly number[]): Tensor {
  requireAxes('sum', a, axes);
  const isKept = (axis: number) => !axes.includes(axis);
  const result = zeros(
    a.shape.filter((_, axis) => isKept(axis)),
    a,
  );
  const groups = grouped(a.shape, isKept);
  const [from, to] = [a.data, result.data];
  let i = 0;
  const descend = (depth: number, at: number): void => {
    const { size, step } = groups[depth];
    if (depth < groups.length - 1) for (let k = 0; k < size; k++) descend(depth + 1, at + k * step);
    else if (step === 1) for (let k = 0; k < size; k++) to[at + k] += from[i++];
    else {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += from[i++];
      to[at] += sum;
    }
  };
  descend(0, 0);
  return result;
}

interface Group {
  readonly isKept: boolean;
  readonly size: number;
  /** Stride in the result: 0 if the axis is summed away. */
  readonly step: number;
}

/** Axes side by side that all stay, or all go away, as one; there is at least one. */
function grouped(shape: readonly number[], isKept: (axis: number) => boolean): Group[] {
  let groups: Group[] = [{ isKept: true, size: 1, step: 1 }];
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const [first, ...rest] = groups;
    const merges = first.isKept === isKept(axis);
    const group = { isKept: isKept(axis), size: shape[axis], step: isKept(axis) ? step : 0 };
    groups = merges ? [{ ...first, size: first.size * shape[axis] }, ...rest] : [group, ...groups];
    if (isKept(axis)) step *= shape[axis];
  }
  const inner = groups.length - 1;
  return inner > 0 && groups[inner].size === 1 ? groups.slice(0, inner) : groups;
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

/** Visits all elements in order, with the offset by the strides and the index. */
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
