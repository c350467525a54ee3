import { Misfit } from './Operator.ts';

/** Two sizes: of rows, then of columns. */
export type Pair = readonly [y: number, x: number];

/** What slides over an image. */
export interface Window {
  readonly size: Pair;
  readonly strides: Pair;
  /** Rows and columns from one element of the window to the next. */
  readonly dilations: Pair;
  /** Before and after the rows, before and after the columns. */
  readonly padding: readonly [y: Pair, x: Pair];
}

/** Rows or columns from the first to the last element of a window. */
export const extentOf = ({ size, dilations }: Window, axis: 0 | 1): number => (size[axis] - 1) * dilations[axis] + 1;

/**
 * How many places a window has along one axis. What is left over at the end is dropped, as PyTorch does it, or with
 * `ceil` has a window of its own unless that would begin behind the image.
 *
 * @throws Misfit if the window is larger than the padded image, or padded by more than itself
 */
export function placesOf(window: Window, axis: 0 | 1, size: number, ceil = false): number {
  const [before, after] = window.padding[axis];
  const [stride, extent] = [window.strides[axis], extentOf(window, axis)];
  const name = ['rows', 'columns'][axis];
  for (const [what, value] of Object.entries({ size: window.size[axis], stride, dilation: window.dilations[axis] }))
    if (!Number.isInteger(value) || value < 1) throw new Misfit(`has a ${what} of ${value} ${name}`);
  if (![before, after].every((each) => Number.isInteger(each) && each >= 0 && each <= extent))
    throw new Misfit(`pads its ${name} by ${before} and ${after}; its window has ${extent}`);
  const room = size + before + after - extent;
  if (room < 0) throw new Misfit(`has a window of ${extent} ${name} on a padded image of ${size + before + after}`);
  if (!ceil) return Math.floor(room / stride) + 1;
  const places = Math.ceil(room / stride) + 1;
  return (places - 1) * stride >= size + before ? places - 1 : places;
}

/** As much padding as makes the output as large as the input, divided by the stride and rounded up. */
export function samePadding(size: number, extent: number, stride: number, moreBefore = false): Pair {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + extent - size);
  const [less, more] = [Math.floor(total / 2), Math.ceil(total / 2)];
  return moreBefore ? [more, less] : [less, more];
}
