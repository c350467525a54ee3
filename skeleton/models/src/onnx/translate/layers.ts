import { elementsOf, showShape } from '../../graph/Shape.ts';
import { transposed } from '../../graph/Constant.ts';
import type { Pair } from '../../operators/Window.ts';
import type { OnnxOperation } from '../OnnxOperation.ts';
import { pair, windowOf } from './windows.ts';

/** Of a layer that does something else in training. */
export const IN_TRAINING = 'is in training mode; call model.eval() and export again';

export function conv(operation: OnnxOperation): void {
  const weights = operation.needed(1);
  if (weights.shape.length !== 4) throw operation.unknown('is no convolution of images (channels × rows × columns)');
  const size: Pair = [weights.shape[2], weights.shape[3]];
  const [rows, columns] = operation.integers('kernel_shape') ?? size;
  if (rows !== size[0] || columns !== size[1])
    throw operation.refusal(
      `has kernel_shape ${rows}×${columns} and weights of ${size.join('×')}; export the model again`,
    );
  operation.becomes({
    kind: 'convolution',
    weights,
    biases: operation.constant(2)?.values,
    window: windowOf(operation, size, operation.shape()),
    groups: operation.integer('group', 1),
  });
}

export function maxPool(operation: OnnxOperation): void {
  operation.ignore('storage_order');
  pool(operation, 'max', false);
}

export const averagePool = (operation: OnnxOperation): void =>
  pool(operation, 'mean', operation.integer('count_include_pad', 0) !== 0);

function pool(operation: OnnxOperation, name: 'max' | 'mean', countsPadding: boolean): void {
  const size = pair(operation, 'kernel_shape', 1);
  operation.becomes({
    kind: 'pooling',
    function: name,
    window: windowOf(operation, size, operation.shape()),
    ceil: operation.integer('ceil_mode', 0) !== 0,
    countsPadding,
  });
}

/** Over all axes behind the channels. */
export const globalPool =
  (name: 'max' | 'mean') =>
  (operation: OnnxOperation): void => {
    const axes = operation.shape().map((_, axis) => axis);
    operation.becomes({ kind: 'reduction', function: name, axes: axes.slice(1), keepsAxes: true });
  };

export function batchNormalization(operation: OnnxOperation): void {
  operation.ignore('momentum');
  if (operation.integer('spatial', 1) === 0) throw operation.unknown('normalises each pixel by itself');
  // Before version 14 the mode shows in the number of outputs only.
  if (operation.integer('training_mode', 0) !== 0 || operation.node.outputs.length > 1)
    throw operation.refusal(IN_TRAINING);
  const [scale, shift, mean, variance] = [1, 2, 3, 4].map((index) => operation.needed(index).values);
  const epsilon = operation.number('epsilon', 1e-5);
  operation.becomes({ kind: 'batch-norm', scale, shift, mean, variance, epsilon });
}

export function gemm(operation: OnnxOperation): void {
  const [alpha, beta] = [operation.number('alpha', 1), operation.number('beta', 1)];
  if (operation.integer('transA', 0) !== 0) throw operation.unknown('has transA');
  const isTransposed = operation.integer('transB', 0) !== 0;
  const given = operation.needed(1);
  if (given.shape.length !== 2) throw operation.refusal('has weights that are no matrix; export the model again');
  const weights = isTransposed ? transposed(given, [1, 0]) : given;
  operation.becomes({
    kind: 'dense',
    weights: alpha === 1 ? weights : { ...weights, values: weights.values.map((value) => value * alpha) },
    biases: biasesOf(operation, weights.shape[1], beta),
  });
}

/** As many biases as outputs: one number may stand for all. */
function biasesOf(operation: OnnxOperation, count: number, beta: number): Float32Array | undefined {
  const given = operation.constant(2);
  if (!given) return undefined;
  const length = elementsOf(given.shape);
  if ((given.shape.at(-1) ?? 1) !== length || (length !== 1 && length !== count))
    throw operation.refusal(`has ${showShape(given.shape)} biases for ${count} outputs; export the model again`);
  return Float32Array.from({ length: count }, (_, i) => given.values[length === 1 ? 0 : i] * beta);
}

export function matMul(operation: OnnxOperation): void {
  const weights = operation.needed(1);
  if (weights.shape.length !== 2) throw operation.unknown('has weights that are no matrix');
  operation.becomes({ kind: 'dense', weights, biases: undefined });
}
