import { poolForward, type PoolKind } from '@im2grade/fastconv';
import { channelsLast, conversion } from '../evaluate/Layout.ts';
import { elementsOf, type Shape } from '../graph/Shape.ts';
import { UnknownOperator } from '../ModelError.ts';
import { Misfit, only, type Operator, type Take } from './Operator.ts';
import { placesOf, type Window } from './Window.ts';

/** The largest number or the mean of each channel in each window. */
export interface Pooling {
  readonly kind: 'pooling';
  readonly function: 'max' | 'mean';
  readonly window: Window;
  /** Whether what is left over at the end has a window of its own. */
  readonly ceil: boolean;
  /** Whether a mean counts the padding as zeros. */
  readonly countsPadding: boolean;
}

/** A comparison takes as long as this many of the multiply-adds of a product of matrices. */
const PACE = 16;

export const pooling: Operator<Pooling> = {
  shape({ window, ceil }, inputs) {
    const input = only(inputs);
    if (input.length !== 3) throw new UnknownOperator('is no pooling of images (channels × rows × columns)');
    if (window.dilations.some((dilation) => dilation !== 1)) throw new UnknownOperator('has dilated windows');
    const places = [placesOf(window, 0, input[1], ceil), placesOf(window, 1, input[2], ceil)];
    const isWide = window.padding.some((pair, axis) => pair.some((size) => size >= window.size[axis]));
    if (isWide) throw new Misfit('has padding as wide as its window');
    return [input[0], ...places];
  },

  work: ({ window }, _, output) => elementsOf(output) * window.size[0] * window.size[1] * PACE,

  prepare(operation, [layout], output) {
    const from = conversion(layout, channelsLast(layout.shape));
    const run = runOf(operation, layout.shape, output);
    return {
      layout: channelsLast(output),
      run: ([values], count, take) => run(from(values, count, take), count, take),
    };
  },
};

type Run = (images: Float32Array, count: number, take: Take) => Float32Array;

/** The kernels divide a mean by the size of the whole window. */
function runOf(operation: Pooling, input: Shape, output: Shape): Run {
  const { function: kind, window, ceil, countsPadding } = operation;
  const isPadded = window.padding.flat().some((size) => size > 0);
  const isWhole = !ceil && (countsPadding || !isPadded);
  return kind === 'max' || isWhole ? byKernel(kind, window, input, output) : means(operation, input, output);
}

/** By the library's kernels, which leave out what a window covers outside the image. */
function byKernel(kind: PoolKind, { size, strides, padding }: Window, [C, InY, InX]: Shape, [, OpY, OpX]: Shape): Run {
  const [[KnY, KnX], [Sy, Sx], [[Py], [Px]]] = [size, strides, padding];
  const geometry = { InY, InX, C, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX };
  return (images, count, take) => {
    const result = take(count * OpY * OpX * C);
    poolForward(kind, { ...geometry, B: count }, images, result);
    return result;
  };
}

/** Where windows begin and end along one axis, within the image, and the elements that a mean counts. */
interface Span {
  readonly begin: number;
  readonly end: number;
  readonly counted: number;
}

function spans({ window, countsPadding }: Pooling, axis: 0 | 1, size: number, places: number): Span[] {
  const [before, after] = window.padding[axis];
  return Array.from({ length: places }, (_, place) => {
    const first = place * window.strides[axis] - before;
    const [begin, end] = [Math.max(0, first), Math.min(size, first + window.size[axis])];
    // A window that sticks out of the padding has no zeros there.
    const counted = countsPadding ? Math.min(size + after, first + window.size[axis]) - first : end - begin;
    return { begin, end, counted };
  });
}

function means(operation: Pooling, [C, Y, X]: Shape, [, OpY, OpX]: Shape): Run {
  const [rows, columns] = [spans(operation, 0, Y, OpY), spans(operation, 1, X, OpX)];
  return (images, count, take) => {
    const result = take(count * OpY * OpX * C).fill(0);
    let to = 0;
    for (let image = 0; image < count; image++)
      for (const row of rows)
        for (const column of columns) {
          for (let y = row.begin; y < row.end; y++)
            for (let x = column.begin; x < column.end; x++) add(result, to, images, ((image * Y + y) * X + x) * C, C);
          const share = 1 / (row.counted * column.counted);
          for (let c = 0; c < C; c++) result[to + c] *= share;
          to += C;
        }
    return result;
  };
}

function add(result: Float32Array, to: number, images: Float32Array, from: number, count: number): void {
  for (let c = 0; c < count; c++) result[to + c] += images[from + c];
}
