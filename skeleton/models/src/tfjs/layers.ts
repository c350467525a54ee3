import { printable } from '@im2grade/formats';
import * as z from 'zod';
import { transposed } from '../graph/Constant.ts';
import type { Shape } from '../graph/Shape.ts';
import type { Operation } from '../operators/Operation.ts';
import { extentOf, type Pair, samePadding, type Window } from '../operators/Window.ts';
import { flattening, type KerasScope } from './KerasScope.ts';
import type { KerasLayer } from './Topology.ts';

/** A layer with the values that it takes. */
export interface LayerInUse {
  readonly name: string;
  readonly layer: KerasLayer;
  readonly inputs: readonly string[];
  readonly scope: KerasScope;
}

const Size = z.number().int().min(1).max(4096);
const Two = z.tuple([Size, Size]).or(Size.transform((size): [number, number] => [size, size]));

/** A layer's setting, if it is one that is known. */
function setting<T>({ name, layer, scope }: LayerInUse, key: string, schema: z.ZodType<T>): T {
  const value = schema.safeParse(layer.config[key]);
  if (value.success) return value.data;
  throw scope.unknown(
    name,
    layer.class_name,
    `has ${key} = ${printable(JSON.stringify(layer.config[key] ?? null), 40)}`,
  );
}

const shapeOf = ({ scope, inputs }: LayerInUse): Shape => scope.shape(inputs[0]);

function add(use: LayerInUse, ...operations: readonly Operation[]): void {
  use.scope.add(use.name, use.layer.class_name, use.inputs, operations);
}

function windowOf(use: LayerInUse, sizeKey: string, dilations: Pair = [1, 1]): Window {
  setting(use, 'data_format', z.literal('channels_last').nullish());
  const size = setting(use, sizeKey, Two);
  const strides = setting(use, 'strides', Two.nullish()) ?? size;
  const padding = setting(use, 'padding', z.enum(['valid', 'same']));
  const window = { size, strides, dilations, padding: [[0, 0] as const, [0, 0] as const] as const };
  if (padding === 'valid') return window;
  const [, rows, columns] = shapeOf(use);
  const same = (axis: 0 | 1, given: number): Pair => samePadding(given, extentOf(window, axis), strides[axis]);
  return { ...window, padding: [same(0, rows), same(1, columns)] };
}

function conv2d(use: LayerInUse): void {
  const { scope, name, layer } = use;
  const kernel = scope.weights(name, 'kernel');
  if (kernel?.shape.length !== 4) throw scope.refusal(name, layer.class_name, 'has no kernel; save the model again');
  const dilations = setting(use, 'dilation_rate', Two.nullish()) ?? [1, 1];
  const groups = setting(use, 'groups', Size.nullish()) ?? 1;
  const window = windowOf(use, 'kernel_size', dilations);
  if (window.size.join() !== kernel.shape.slice(0, 2).join())
    throw scope.refusal(name, layer.class_name, `has a kernel of ${kernel.shape.join('×')}; save the model again`);
  const weights = transposed(kernel, [3, 2, 0, 1]);
  const biases = scope.weights(name, 'bias')?.values;
  add(use, { kind: 'convolution', weights, biases, window, groups }, ...activationOf(use, 'activation'));
}

function depthwiseConv2d(use: LayerInUse): void {
  const { scope, name, layer } = use;
  const kernel = scope.weights(name, 'depthwise_kernel');
  if (kernel?.shape.length !== 4 || kernel.shape[3] !== 1)
    throw scope.unknown(name, layer.class_name, 'has several kernels for a channel');
  const weights = transposed(kernel, [2, 3, 0, 1]);
  const biases = scope.weights(name, 'bias')?.values;
  const window = windowOf(use, 'kernel_size');
  add(
    use,
    { kind: 'convolution', weights, biases, window, groups: weights.shape[0] },
    ...activationOf(use, 'activation'),
  );
}

function dense(use: LayerInUse): void {
  const { scope, name, layer } = use;
  const weights = scope.weights(name, 'kernel');
  if (!weights) throw scope.refusal(name, layer.class_name, 'has no kernel; save the model again');
  if (shapeOf(use).length !== 1) throw scope.unknown(name, layer.class_name, 'is not on flat values');
  const biases = scope.weights(name, 'bias')?.values;
  add(use, { kind: 'dense', weights, biases }, ...activationOf(use, 'activation'));
}

/** Windows of `same` padding see only the image, for a mean too. */
const pool =
  (name: 'max' | 'mean') =>
  (use: LayerInUse): void => {
    const window = windowOf(use, 'pool_size');
    add(use, { kind: 'pooling', function: name, window, ceil: false, countsPadding: false });
  };

const globalPool =
  (name: 'max' | 'mean') =>
  (use: LayerInUse): void => {
    const keepsAxes = setting(use, 'keepdims', z.boolean().nullish()) ?? false;
    add(use, { kind: 'reduction', function: name, axes: [1, 2], keepsAxes });
  };

function batchNormalization(use: LayerInUse): void {
  const { scope, name } = use;
  const rank = shapeOf(use).length;
  setting(use, 'axis', z.literal([-1, rank]).or(z.tuple([z.literal([-1, rank])])));
  const epsilon = setting(use, 'epsilon', z.number().positive());
  const [mean, variance] = ['moving_mean', 'moving_variance'].map((each) => scope.weights(name, each)?.values);
  if (!mean || !variance) throw scope.refusal(name, use.layer.class_name, 'has no statistics; save the model again');
  const scale = scope.weights(name, 'gamma')?.values ?? new Float32Array(mean.length).fill(1);
  const shift = scope.weights(name, 'beta')?.values ?? new Float32Array(mean.length);
  add(use, { kind: 'batch-norm', scale, shift, mean, variance, epsilon });
}

/** What an activation's name stands for. */
function activationOf(use: LayerInUse, key: string): Operation[] {
  const name = setting(use, key, z.enum(['linear', 'softmax', ...Object.keys(ACTIVATIONS)]).nullish()) ?? 'linear';
  if (name === 'linear') return [];
  if (name === 'softmax') return [{ kind: 'softmax', axis: 0, logarithm: false }];
  return [{ kind: 'activation', ...ACTIVATIONS[name] }];
}

type Activation = Omit<Extract<Operation, { kind: 'activation' }>, 'kind'>;

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  relu: { function: 'leaky-relu', alpha: 0, beta: 0 },
  relu6: { function: 'clip', alpha: 0, beta: 6 },
  sigmoid: { function: 'sigmoid', alpha: 0, beta: 0 },
  tanh: { function: 'tanh', alpha: 0, beta: 0 },
  elu: { function: 'elu', alpha: 1, beta: 0 },
  selu: { function: 'selu', alpha: 1.6732632423543772, beta: 1.0507009873554805 },
  softplus: { function: 'softplus', alpha: 0, beta: 0 },
  swish: { function: 'swish', alpha: 0, beta: 0 },
};

/** A layer that is nothing but an activation. */
const activation =
  (of: (use: LayerInUse) => Operation[]) =>
  (use: LayerInUse): void => {
    const operations = of(use);
    if (operations.length > 0) add(use, ...operations);
    else same(use);
  };

function relu(use: LayerInUse): Operation[] {
  const most = setting(use, 'max_value', z.number().nullish());
  const slope = setting(use, 'negative_slope', z.literal(0).nullish()) ?? 0;
  if (typeof most === 'number') return [{ kind: 'activation', function: 'clip', alpha: 0, beta: most }];
  return [{ kind: 'activation', function: 'leaky-relu', alpha: slope, beta: 0 }];
}

function leakyRelu(use: LayerInUse): Operation[] {
  const alpha = setting(use, 'alpha', z.number().nullish()) ?? 0.3;
  return [{ kind: 'activation', function: 'leaky-relu', alpha, beta: 0 }];
}

const same = ({ scope, name, inputs }: LayerInUse): void => scope.define(name, inputs[0]);

const merge =
  (operation: Operation) =>
  (use: LayerInUse): void => {
    const { scope, name, layer, inputs } = use;
    if (inputs.length !== 2 && operation.kind === 'arithmetic')
      throw scope.unknown(name, layer.class_name, `has ${inputs.length} inputs`);
    add(use, operation);
  };

/** Behind one another along the channels. */
function concatenate(use: LayerInUse): void {
  const rank = shapeOf(use).length;
  setting(use, 'axis', z.literal([-1, rank]).nullish());
  add(use, { kind: 'concatenation', axis: 0 });
}

function zeroPadding(use: LayerInUse): void {
  const Margin = z.number().int().min(0).max(64);
  const padding = setting(use, 'padding', z.tuple([z.tuple([Margin, Margin]), z.tuple([Margin, Margin])]));
  add(use, { kind: 'padding', padding, value: 0 });
}

/** By the classes of Keras. */
export const LAYERS: ReadonlyMap<string, (use: LayerInUse) => void> = new Map(
  Object.entries({
    Activation: activation((use) => activationOf(use, 'activation')),
    Add: merge({ kind: 'arithmetic', function: 'add' }),
    AveragePooling2D: pool('mean'),
    BatchNormalization: batchNormalization,
    Concatenate: concatenate,
    Conv2D: conv2d,
    Dense: dense,
    DepthwiseConv2D: depthwiseConv2d,
    Dropout: same,
    Flatten: (use: LayerInUse): void => add(use, ...flattening(shapeOf(use))),
    GaussianNoise: same,
    GlobalAveragePooling2D: globalPool('mean'),
    GlobalMaxPooling2D: globalPool('max'),
    LeakyReLU: activation(leakyRelu),
    MaxPooling2D: pool('max'),
    Multiply: merge({ kind: 'arithmetic', function: 'multiply' }),
    ReLU: activation(relu),
    Softmax: activation(() => [{ kind: 'softmax', axis: 0, logarithm: false }]),
    SpatialDropout2D: same,
    ZeroPadding2D: zeroPadding,
  }),
);
