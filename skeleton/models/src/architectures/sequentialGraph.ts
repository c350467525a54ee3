import { type NamedTensors, printable } from '@im2grade/formats';
import * as z from 'zod';
import type { Graph } from '../graph/Graph.ts';
import { elementsOf } from '../graph/Shape.ts';
import { ModelError } from '../ModelError.ts';
import { TorchLayers } from './TorchLayers.ts';
import { wrapperOf } from './wrapperOf.ts';

const Count = z.number().int().min(1).max(4096);
const Padding = z.number().int().min(0).max(64);
const Name = z.string().min(1).max(200);

/** A layer as it is declared; `name` is what comes before `.weight` in the file of the tensors. */
const Layer = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('conv2d'),
    name: Name,
    stride: Count.default(1),
    padding: Padding.default(0),
    dilation: Count.default(1),
    groups: Count.default(1),
  }),
  z.strictObject({ type: z.literal('linear'), name: Name }),
  z.strictObject({ type: z.literal('batch-norm'), name: Name, epsilon: z.number().positive().default(1e-5) }),
  z.strictObject({
    type: z.enum(['max-pool', 'average-pool']),
    size: Count,
    stride: Count.optional(),
    padding: Padding.default(0),
    ceil: z.boolean().default(false),
  }),
  z.strictObject({ type: z.literal('leaky-relu'), slope: z.number().default(0.01) }),
  z.strictObject({ type: z.enum(['relu', 'sigmoid', 'tanh', 'softmax', 'flatten', 'dropout', 'global-average-pool']) }),
]);

/** A network whose layers follow one another. */
const Sequential = z.strictObject({
  /** Channels, rows, columns of an image. */
  input: z.tuple([Count, Count, Count]),
  layers: z.array(Layer).min(1).max(500),
});

type DeclaredLayer = z.infer<typeof Layer>;

/**
 * A network of layers that follow one another, declared by the student, with tensors from a file.
 *
 * @param file - the name of the tensors' file, for messages
 * @param declared - from outside: what `answers.yaml` says
 * @throws ModelError in one line if the declaration is wrong, or a tensor is missing, left over or does not fit
 *
 * @example
 * ```ts
 * const layers = [{ type: 'conv2d', name: 'conv1', padding: 2 }, { type: 'relu' }, { type: 'flatten' }, { type: 'linear', name: 'fc' }];
 * sequentialGraph('model.safetensors', decodeSafetensors(bytes), { input: [3, 32, 32], layers });
 * ```
 */
export function sequentialGraph(file: string, tensors: NamedTensors, declared: unknown): Graph {
  const architecture = Sequential.safeParse(declared);
  if (!architecture.success) {
    const [{ path, message }] = architecture.error.issues;
    throw new ModelError(
      `${file}: its architecture is not declared rightly: ${printable(path.join('.'))}: ${printable(message, 200)}`,
    );
  }
  const { input, layers } = architecture.data;
  const net = new TorchLayers(file, tensors, input);
  const prefix = prefixOf(layers, Object.keys(tensors.tensors));
  for (const layer of layers) add(net, 'name' in layer ? { ...layer, name: prefix + layer.name } : layer);
  return net.build();
}

/** What a wrapper has put before the names of the tensors, unless the declared names have it too. */
function prefixOf(layers: readonly DeclaredLayer[], tensors: readonly string[]): string {
  const wrapper = wrapperOf(tensors);
  return layers.some((layer) => 'name' in layer && layer.name.startsWith(wrapper)) ? '' : wrapper;
}

function add(net: TorchLayers, layer: DeclaredLayer): void {
  switch (layer.type) {
    case 'conv2d':
      return net.convolution(layer.name, layer);
    case 'linear':
      return net.linear(layer.name);
    case 'batch-norm':
      return net.batchNorm(layer.name, layer.epsilon);
    case 'max-pool':
    case 'average-pool': {
      const { type, size, stride = size, padding, ceil } = layer;
      return net.pool(type === 'max-pool' ? 'max' : 'mean', size, { stride, padding, ceil });
    }
    case 'leaky-relu':
      return net.add('leaky relu', { kind: 'activation', function: 'leaky-relu', alpha: layer.slope, beta: 0 });
    default:
      addPlain(net, layer.type);
  }
}

function addPlain(
  net: TorchLayers,
  type: 'relu' | 'sigmoid' | 'tanh' | 'softmax' | 'flatten' | 'dropout' | 'global-average-pool',
): void {
  if (type === 'relu') net.add(type, { kind: 'activation', function: 'leaky-relu', alpha: 0, beta: 0 });
  else if (type === 'softmax') net.add(type, { kind: 'softmax', axis: net.shape.length - 1, logarithm: false });
  else if (type === 'flatten') net.add(type, { kind: 'reshape', shape: [elementsOf(net.shape)] });
  else if (type === 'global-average-pool')
    net.add(type, { kind: 'reduction', function: 'mean', axes: [1, 2], keepsAxes: false });
  else if (type !== 'dropout') net.add(type, { kind: 'activation', function: type, alpha: 0, beta: 0 });
}
