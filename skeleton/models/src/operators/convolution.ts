import { convolutionForward, convolutionWorkspace } from '@im2grade/fastconv';
import type { Geometry } from '@im2grade/nn';
import { channelsLast, conversion } from '../evaluate/Layout.ts';
import { type Constant, transposed } from '../graph/Constant.ts';
import { elementsOf, type Shape, showShape } from '../graph/Shape.ts';
import { UnknownOperator } from '../ModelError.ts';
import { depthwise } from './depthwise.ts';
import { Misfit, only, type Operator, type Take } from './Operator.ts';
import { placed } from './placed.ts';
import { padImages, withPadding } from './padImages.ts';
import { extentOf, type Pair, placesOf, type Window } from './Window.ts';

/** A convolution of images (cross-correlation, as everywhere in this field), the channels in groups of their own. */
export interface Convolution {
  readonly kind: 'convolution';
  /** `[out][in / groups][y][x]` */
  readonly weights: Constant;
  readonly biases: Float32Array | undefined;
  readonly window: Window;
  readonly groups: number;
}

/** Elements of a kernel whose gaps are filled with zeros. */
const MOST_WIDENED = 4_000_000;

export const convolution: Operator<Convolution> = {
  shape({ weights, biases, window, groups }, inputs) {
    const input = only(inputs);
    const [out, perGroup, ...size] = weights.shape;
    if (input.length !== 3 || size.length !== 2)
      throw new UnknownOperator('is no convolution of images (channels × rows × columns)');
    const [C, Y, X] = input;
    if (C !== perGroup * groups || out % groups !== 0)
      throw new Misfit(`has weights ${showShape(weights.shape)} in ${groups} groups for ${C} channels`);
    if (biases && biases.length !== out) throw new Misfit(`has ${biases.length} biases for ${out} channels`);
    const places = [placesOf(window, 0, Y), placesOf(window, 1, X)];
    if (isWidened(window) && out * perGroup * extentOf(window, 0) * extentOf(window, 1) > MOST_WIDENED)
      throw new UnknownOperator('has a dilation that is too wide');
    return [out, ...places];
  },

  work({ weights, window, groups }, _, output) {
    const area = extentOf(window, 0) * extentOf(window, 1);
    // Channels on their own are not multiplied as matrices.
    const pace = isDepthwise(groups, weights) ? 8 : 1;
    return elementsOf(output) * weights.shape[1] * area * pace;
  },

  parameters: ({ weights, biases }) => weights.values.length + (biases?.length ?? 0),

  prepare(operation, [layout], output) {
    const from = conversion(layout, channelsLast(layout.shape));
    const run = isDepthwise(operation.groups, operation.weights)
      ? depthwise(operation, layout.shape, output)
      : grouped(operation, layout.shape, output);
    return {
      layout: channelsLast(output),
      run: ([values], count, take) => run(from(values, count, take), count, take),
    };
  },
};

const isWidened = ({ dilations }: Window): boolean => dilations.some((dilation) => dilation !== 1);

const isDepthwise = (groups: number, { shape }: Constant): boolean => groups > 1 && shape[1] === 1;

type Run = (images: Float32Array, count: number, take: Take) => Float32Array;

/** Each group by a convolution of its own; all have the same sizes. */
function grouped(operation: Convolution, input: Shape, output: Shape): Run {
  const { groups, weights, biases } = operation;
  const parts = Array.from({ length: groups }, (_, group) => {
    const part = sliced(weights, biases, group, groups);
    return ofOneGroup(
      { ...operation, ...part },
      [input[0] / groups, input[1], input[2]],
      [output[0] / groups, output[1], output[2]],
    );
  });
  if (groups === 1) return parts[0];
  const [C, pixels] = [input[0] / groups, input[1] * input[2]];
  const [K, places] = [output[0] / groups, output[1] * output[2]];
  return (images, count, take) => {
    const result = take(count * places * K * groups);
    parts.forEach((run, group) => {
      const part = take(count * pixels * C);
      for (let pixel = 0; pixel < count * pixels; pixel++)
        for (let c = 0; c < C; c++) part[pixel * C + c] = images[(pixel * groups + group) * C + c];
      const done = run(part, count, take);
      for (let place = 0; place < count * places; place++)
        for (let k = 0; k < K; k++) result[(place * groups + group) * K + k] = done[place * K + k];
    });
    return result;
  };
}

function sliced({ shape, values }: Constant, biases: Float32Array | undefined, group: number, groups: number) {
  const [K, each] = [shape[0] / groups, values.length / groups];
  return {
    weights: { shape: [K, ...shape.slice(1)], values: values.subarray(group * each, (group + 1) * each) },
    biases: biases?.subarray(group * K, (group + 1) * K),
  };
}

/** By the library's kernels, which pad on both sides alike: a wider margin behind the image is written out. */
function ofOneGroup({ weights, biases, window }: Convolution, input: Shape, output: Shape): Run {
  const kernel = placed(kernelOf(weights, window));
  const [[top, bottom], [left, right]] = window.padding;
  const written = bottom > top || right > left;
  const [C, Y, X] = written ? withPadding(input, window.padding) : input;
  const [K, OpY, OpX] = output;
  const geometry: Omit<Geometry, 'B'> = {
    ...{ InY: Y, InX: X, InC: C, KnY: extentOf(window, 0), KnX: extentOf(window, 1), KnC: K, OpY, OpX },
    ...{ Sy: window.strides[0], Sx: window.strides[1], Py: written ? 0 : top, Px: written ? 0 : left },
  };
  const pad = padImages(input, window.padding, 0);
  const offsets = placed(biases ?? new Float32Array(K));
  return (images, count, take) => {
    const batch = { ...geometry, B: count };
    const result = take(count * K * OpY * OpX);
    const source = written ? pad(images, count, take) : images;
    convolutionForward(batch, source, kernel, offsets, result, take(convolutionWorkspace(batch, Float32Array)));
    return result;
  };
}

/** `[y][x][in][out]`, with zeros between the elements if they are dilated. */
function kernelOf(weights: Constant, window: Window): Float32Array {
  const { shape, values } = transposed(weights, [2, 3, 1, 0]);
  const [, , C, K] = shape;
  const [dy, dx]: Pair = window.dilations;
  if (!isWidened(window)) return values;
  const [rows, columns] = [extentOf(window, 0), extentOf(window, 1)];
  const widened = new Float32Array(rows * columns * C * K);
  for (let y = 0; y < shape[0]; y++)
    for (let x = 0; x < shape[1]; x++) {
      const from = (y * shape[1] + x) * C * K;
      widened.set(values.subarray(from, from + C * K), (y * dy * columns + x * dx) * C * K);
    }
  return widened;
}
