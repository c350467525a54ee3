import { shown, type Tensor, zeros } from './tensor.ts';

/**
 * The larger of two numbers, element by element: `maximum(a, b)` of two tensors of one shape, `maximum(a, 0)` against a number.
 *
 * @throws RangeError when the shapes differ
 */
export function maximum(a: Tensor, b: Tensor | number): Tensor {
  const result = zeros(a.shape, a);
  const [left, to] = [a.data, result.data];
  if (typeof b === 'number') {
    for (let i = 0; i < to.length; i++) to[i] = Math.max(left[i], b);
    return result;
  }
  requireSame('maximum', a, b);
  const right = b.data;
  for (let i = 0; i < to.length; i++) to[i] = Math.max(left[i], right[i]);
  return result;
}

/** Every number times the same factor. */
export function scale(a: Tensor, factor: number): Tensor {
  const result = zeros(a.shape, a);
  const [from, to] = [a.data, result.data];
  for (let i = 0; i < to.length; i++) to[i] = from[i] * factor;
  return result;
}

/**
 * `a` with a row of numbers added to each of its rows: `[…][D]` and `[D]`.
 *
 * @throws RangeError when the row is not as long as the last axis
 */
export function addRow(a: Tensor, row: Tensor): Tensor {
  const D = a.shape[a.shape.length - 1];
  if (row.data.length !== D) throw new RangeError(unfit('addRow', 'row', row, a));
  const result = zeros(a.shape, a);
  const [from, values, to] = [a.data, row.data, result.data];
  for (let begin = 0; begin < to.length; begin += D)
    for (let d = 0; d < D; d++) to[begin + d] = from[begin + d] + values[d];
  return result;
}

/**
 * `a` with a column of numbers added to each of its columns: `[…][P][Q]` and `[P]`.
 *
 * @throws RangeError when the column is not as long as the last axis but one
 */
export function addColumn(a: Tensor, column: Tensor): Tensor {
  const [P, Q] = a.shape.slice(-2);
  if (a.shape.length < 2 || column.data.length !== P) throw new RangeError(unfit('addColumn', 'column', column, a));
  const result = zeros(a.shape, a);
  const [from, values, to] = [a.data, column.data, result.data];
  for (let begin = 0, p = 0; begin < to.length; begin += Q, p = (p + 1) % P) {
    const value = values[p];
    for (let i = begin; i < begin + Q; i++) to[i] = from[i] + value;
  }
  return result;
}

/**
 * Tensors of one shape side by side along a new first axis: three matrices `[P][Q]` become `[3][P][Q]`.
 *
 * @throws RangeError when there is none, or the shapes differ
 */
export function stack(parts: readonly Tensor[]): Tensor {
  if (parts.length === 0) throw new RangeError('stack: there is nothing to stack');
  const [first] = parts;
  const result = zeros([parts.length, ...first.shape], first);
  parts.forEach((part, i) => {
    requireSame('stack', first, part);
    result.data.set(part.data, i * first.data.length);
  });
  return result;
}

function requireSame(what: string, a: Tensor, b: Tensor): void {
  if (shown(a.shape) !== shown(b.shape))
    throw new RangeError(`${what}: the shapes ${shown(a.shape)} and ${shown(b.shape)} differ`);
}

const unfit = (what: string, name: string, given: Tensor, a: Tensor): string =>
  `${what}: a ${name} of shape ${shown(given.shape)} does not fit a tensor of shape ${shown(a.shape)}`;
