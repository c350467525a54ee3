import * as z from 'zod';
import { transposed } from '../graph/Constant.ts';
import type { Operation } from '../operators/Operation.ts';
import { extentOf, type Pair, samePadding, type Window } from '../operators/Window.ts';
import { activationOf, leakyRelu, relu, softmax } from './activations.ts';
import { flattening } from './KerasScope.ts';
import type { LayerInUse } from './LayerInUse.ts';

const Size = z.number().int().min(1).max(4096);
const Two = z.tuple([Size, Size]).or(Size.transform((size): [number, number] => [size, size]));

/** Other layouts than that of Keras are not known here. */
const requireChannelsLast = (use: LayerInUse): void =>
  void use.setting('data_format', z.literal('channels_last').nullish());

function windowOf(use: LayerInUse, size: Pair, dilations: Pair = [1, 1]): Window {
  requireChannelsLast(use);
  const strides = use.setting('strides', Two.nullish()) ?? size;
  const padding = use.setting('padding', z.enum(['valid', 'same']));
  const window = { size, strides, dilations, padding: [[0, 0] as const, [0, 0] as const] as const };
  if (padding === 'valid') return window;
  const [, rows, columns] = use.shape;
  const same = (axis: 0 | 1, given: number): Pair => samePadding(given, extentOf(window, axis), strides[axis]);
  return { ...window, padding: [same(0, rows), same(1, columns)] };
}

/** Of a kernel that is stored with its rows and columns first. */
function kernelWindow(use: LayerInUse, kernel: readonly number[]): Window {
  const size = use.setting('kernel_size', Two);
  if (size.join() !== kernel.slice(0, 2).join())
    throw use.refusal(`has a kernel of ${kernel.join('×')}; save the model again`);
  return windowOf(use, size, use.setting('dilation_rate', Two.nullish()) ?? [1, 1]);
}

function conv2d(use: LayerInUse): void {
  use.ignore('filters');
  const kernel = use.needed('kernel');
  if (kernel.shape.length !== 4) throw use.refusal('has no kernel of images; save the model again');
  const groups = use.setting('groups', Size.nullish()) ?? 1;
  const window = kernelWindow(use, kernel.shape);
  const biases = use.neededIf('use_bias', 'bias');
  const weights = transposed(kernel, [3, 2, 0, 1]);
  use.becomes({ kind: 'convolution', weights, biases, window, groups }, ...activationOf(use));
}

function depthwiseConv2d(use: LayerInUse): void {
  use.setting('groups', z.literal(1).nullish());
  use.ignore('depth_multiplier');
  const kernel = use.needed('depthwise_kernel');
  if (kernel.shape.length !== 4 || kernel.shape[3] !== 1) throw use.unknown('has several kernels for a channel');
  const window = kernelWindow(use, kernel.shape);
  const biases = use.neededIf('use_bias', 'bias');
  const weights = transposed(kernel, [2, 3, 0, 1]);
  const convolution: Operation = { kind: 'convolution', weights, biases, window, groups: weights.shape[0] };
  use.becomes(convolution, ...activationOf(use));
}

function dense(use: LayerInUse): void {
  use.ignore('units');
  const weights = use.needed('kernel');
  if (use.shape.length !== 1) throw use.unknown('is not on flat values');
  const biases = use.neededIf('use_bias', 'bias');
  use.becomes({ kind: 'dense', weights, biases }, ...activationOf(use));
}

/** Windows of `same` padding see only the image, for a mean too. */
const pool =
  (name: 'max' | 'mean') =>
  (use: LayerInUse): void => {
    const window = windowOf(use, use.setting('pool_size', Two));
    use.becomes({ kind: 'pooling', function: name, window, ceil: false, countsPadding: false });
  };

const globalPool =
  (name: 'max' | 'mean') =>
  (use: LayerInUse): void => {
    requireChannelsLast(use);
    const keepsAxes = use.setting('keepdims', z.boolean().nullish()) ?? false;
    use.becomes({ kind: 'reduction', function: name, axes: [1, 2], keepsAxes });
  };

function flatten(use: LayerInUse): void {
  requireChannelsLast(use);
  use.becomes(...flattening(use.shape));
}

function batchNormalization(use: LayerInUse): void {
  use.ignore('momentum', 'synchronized');
  if (use.axis() !== 0) throw use.unknown('normalises along another axis than that of the channels');
  const epsilon = use.setting('epsilon', z.number().positive());
  const [mean, variance] = ['moving_mean', 'moving_variance'].map((each) => use.needed(each).values);
  const scale = use.neededIf('scale', 'gamma') ?? new Float32Array(mean.length).fill(1);
  const shift = use.neededIf('center', 'beta') ?? new Float32Array(mean.length);
  use.becomes({ kind: 'batch-norm', scale, shift, mean, variance, epsilon });
}

/** What a layer does in training only. */
const inTraining =
  (...settings: readonly string[]) =>
  (use: LayerInUse): void => {
    use.ignore(...settings);
    use.becomes();
  };

const merge =
  (name: 'add' | 'multiply') =>
  (use: LayerInUse): void => {
    if (use.inputs.length !== 2) throw use.unknown(`has ${use.inputs.length} inputs`);
    use.becomes({ kind: 'arithmetic', function: name });
  };

function zeroPadding(use: LayerInUse): void {
  requireChannelsLast(use);
  const Margin = z.number().int().min(0).max(64);
  const padding = use.setting('padding', z.tuple([z.tuple([Margin, Margin]), z.tuple([Margin, Margin])]));
  use.becomes({ kind: 'padding', padding, value: 0 });
}

/** By the classes of Keras. */
export const LAYERS: ReadonlyMap<string, (use: LayerInUse) => void> = new Map(
  Object.entries({
    Activation: (use: LayerInUse): void => use.becomes(...activationOf(use, use.lastAxis)),
    Add: merge('add'),
    AveragePooling2D: pool('mean'),
    BatchNormalization: batchNormalization,
    Concatenate: (use: LayerInUse): void => use.becomes({ kind: 'concatenation', axis: use.axis() }),
    Conv2D: conv2d,
    Dense: dense,
    DepthwiseConv2D: depthwiseConv2d,
    Dropout: inTraining('rate', 'noise_shape', 'seed'),
    Flatten: flatten,
    GaussianNoise: inTraining('stddev', 'seed'),
    GlobalAveragePooling2D: globalPool('mean'),
    GlobalMaxPooling2D: globalPool('max'),
    LeakyReLU: leakyRelu,
    MaxPooling2D: pool('max'),
    Multiply: merge('multiply'),
    ReLU: relu,
    Softmax: softmax,
    SpatialDropout2D: inTraining('rate', 'noise_shape', 'seed', 'data_format'),
    ZeroPadding2D: zeroPadding,
  }),
);
