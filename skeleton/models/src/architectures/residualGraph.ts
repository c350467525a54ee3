import type { NamedTensors } from '@im2grade/formats';
import type { Graph } from '../graph/Graph.ts';
import type { Shape } from '../graph/Shape.ts';
import { TorchLayers } from './TorchLayers.ts';

/** What the names and shapes of the tensors do not say. */
export interface ResidualOptions {
  /** Channels, rows, columns of an image. */
  readonly input: Shape;
  /** How many times as many rows and columns images get before the first layer, by repeating pixels. */
  readonly upscale?: number;
  /** What comes before the names of all tensors, like `model.`. */
  readonly prefix?: string;
}

/**
 * A residual network with the names of torchvision's ResNets of basic blocks: `conv1`, `bn1`, `layer1.0.conv1` …, `fc`.
 * As many blocks as there are tensors for; the first of every layer but `layer1` halves the image. A first convolution of
 * 7×7 halves it and is followed by a pooling that halves it again, as for ImageNet; a smaller one does neither.
 *
 * @param file - the name of the tensors' file, for messages
 * @throws ModelError in one line if a tensor is missing, left over or does not fit, or the network is too large
 *
 * @example
 * ```ts
 * residualGraph('model.pth', readStateDict('model.pth', bytes), { input: [3, 32, 32], upscale: 8 });
 * ```
 */
export function residualGraph(
  file: string,
  tensors: NamedTensors,
  { input, upscale = 1, prefix = '' }: ResidualOptions,
): Graph {
  const net = new TorchLayers(file, tensors, input);
  if (upscale > 1) enlarge(net, upscale);
  const size = net.shapeOf(`${prefix}conv1.weight`)[2] ?? 0;
  const isForImageNet = size >= 7;
  net.convolution(`${prefix}conv1`, { stride: isForImageNet ? 2 : 1, padding: (size - 1) / 2 });
  net.batchNorm(`${prefix}bn1`);
  rectify(net);
  if (isForImageNet) net.pool('max', 3, { stride: 2, padding: 1 });
  for (let layer = 1; net.has(`${prefix}layer${layer}.0.conv1.weight`); layer++)
    for (let at = 0; net.has(`${prefix}layer${layer}.${at}.conv1.weight`); at++)
      block(net, `${prefix}layer${layer}.${at}`, layer > 1 && at === 0 ? 2 : 1);
  net.add('global average pool', { kind: 'reduction', function: 'mean', axes: [1, 2], keepsAxes: false });
  net.linear(`${prefix}fc`);
  return net.build();
}

const rectify = (net: TorchLayers): void =>
  net.add('relu', { kind: 'activation', function: 'leaky-relu', alpha: 0, beta: 0 });

/** Two convolutions, and a way around them. */
function block(net: TorchLayers, name: string, stride: number): void {
  const before = net.value;
  net.convolution(`${name}.conv1`, { stride, padding: 1 });
  net.batchNorm(`${name}.bn1`);
  rectify(net);
  net.convolution(`${name}.conv2`, { padding: 1 });
  net.batchNorm(`${name}.bn2`);
  const through = net.value;
  net.value = before;
  if (net.has(`${name}.downsample.0.weight`)) {
    net.convolution(`${name}.downsample.0`, { stride });
    net.batchNorm(`${name}.downsample.1`);
  }
  net.plus(through);
  rectify(net);
}

function enlarge(net: TorchLayers, times: number): void {
  const repeated = (size: number) =>
    Array.from({ length: size * times }, (_, place) => {
      const from = Math.floor(place / times);
      return { low: from, high: from, share: 0 };
    });
  const [, rows, columns] = net.shape;
  net.add('interpolate', { kind: 'resampling', rows: repeated(rows), columns: repeated(columns) });
}
