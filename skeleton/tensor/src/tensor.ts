import { type Real, realOf } from '@im2grade/nn';

/** Numbers with a shape, row-major: the last axis moves fastest. Images are `[N][C][H][W]`, matrices `[rows][columns]`. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Real;
}

/** How many numbers a shape holds. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/**
 * A tensor of given numbers.
 *
 * @param data - used as it is when it is a `Float64Array` or `Float32Array`; a list becomes a `Float64Array`
 * @throws RangeError when shape and numbers do not fit
 */
export function tensor(shape: readonly number[], data: Real | readonly number[]): Tensor {
  requireShape(shape);
  if (data.length !== sizeOf(shape))
    throw new RangeError(`shape ${shown(shape)} holds ${sizeOf(shape)} numbers, not ${data.length}`);
  return { shape: [...shape], data: Array.isArray(data) ? Float64Array.from(data) : (data as Real) };
}

/**
 * A tensor of zeros.
 *
 * @param like - the result has its precision; double without it
 * @throws RangeError when a size is not an integer of at least 0
 */
export function zeros(shape: readonly number[], like?: Tensor): Tensor {
  requireShape(shape);
  const real = like === undefined ? Float64Array : realOf(like.data);
  return { shape: [...shape], data: new real(sizeOf(shape)) };
}

/**
 * The same numbers in another shape. Nothing is copied: both tensors share their numbers.
 *
 * @throws RangeError when the shapes do not hold the same number of elements
 */
export const reshape = (a: Tensor, shape: readonly number[]): Tensor => tensor(shape, a.data);

/** The position in `data` of the element with these indices, one for each axis: `offset(x, [n, c, y, x])`. */
export function offset(a: Tensor, indices: readonly number[]): number {
  let at = 0;
  for (let axis = 0; axis < a.shape.length; axis++) at = at * a.shape[axis] + indices[axis];
  return at;
}

/** `[2, 3, 4]`, for messages. */
export const shown = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

function requireShape(shape: readonly number[]): void {
  if (!shape.every((size) => Number.isInteger(size) && size >= 0))
    throw new RangeError(`${shown(shape)} is not a shape: sizes are integers of at least 0`);
}
