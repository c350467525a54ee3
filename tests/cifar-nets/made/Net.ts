import { type NamedTensors, type StoredTensor } from '@im2grade/formats';
import { type Graph, sequentialGraph } from '@im2grade/models';
import { createRandom } from '@im2grade/nn';

/** A layer as `sequentialGraph` takes it, with the sizes of its tensors. */
export type Layer =
  | {
      readonly type: 'conv2d';
      name: string;
      filters: number;
      channels: number;
      size: number;
      padding: number;
      stride?: number;
    }
  | { readonly type: 'linear'; name: string; units: number; inputs: number }
  | { readonly type: 'batch-norm'; name: string; units: number }
  | { readonly type: 'max-pool' | 'average-pool'; size: number }
  | { readonly type: 'relu' | 'flatten' | 'softmax' | 'global-average-pool' };

/** A network of layers in a row, and its numbers. */
export interface Net {
  readonly layers: readonly Layer[];
  readonly tensors: Record<string, StoredTensor>;
}

const IMAGE = [3, 32, 32];

/** The layers as a student declares them. */
export const declared = (layers: readonly Layer[]) =>
  layers.map((layer) => {
    if (layer.type === 'conv2d') {
      const { type, name, padding, stride = 1 } = layer;
      return { type, name, padding, stride };
    }
    return layer.type === 'linear' || layer.type === 'batch-norm' ? { type: layer.type, name: layer.name } : layer;
  });

export function graphOf({ layers, tensors }: Net, until = layers.length): Graph {
  const some = layers.slice(0, until);
  const used = some.flatMap((layer) => ('name' in layer ? [`${layer.name}.`] : []));
  const named = Object.entries(tensors).filter(([name]) => used.some((prefix) => name.startsWith(prefix)));
  const all: NamedTensors = { tensors: Object.fromEntries(named), metadata: {} };
  return sequentialGraph('net', all, { input: IMAGE, layers: declared(some) });
}

/** Random numbers for all layers, in steps of which a few bits are enough: such files compress well. */
export function randomNet(layers: readonly Layer[], seed: number): Net {
  const random = createRandom(seed);
  const tensors: Record<string, StoredTensor> = {};
  const put = (name: string, shape: number[], make: () => number) => {
    const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, make);
    tensors[name] = { shape, data };
  };
  const normal = (fanIn: number) => {
    const step = 2 ** Math.round(Math.log2(Math.sqrt(2 / fanIn) / 8));
    return () => Math.round((Math.sqrt(2 / fanIn) * random.normal()) / step) * step + 0;
  };
  for (const layer of layers) {
    if (layer.type === 'conv2d') {
      const { name, filters, channels, size } = layer;
      put(`${name}.weight`, [filters, channels, size, size], normal(channels * size * size));
      put(`${name}.bias`, [filters], normal(64));
    } else if (layer.type === 'linear') {
      put(`${layer.name}.weight`, [layer.units, layer.inputs], normal(layer.inputs));
      put(`${layer.name}.bias`, [layer.units], normal(64));
    } else if (layer.type === 'batch-norm') {
      for (const part of ['weight', 'running_var'])
        put(`${layer.name}.${part}`, [layer.units], () => 1 + 0.25 * Math.round(2 * random.uniform(0, 1)));
      for (const part of ['bias', 'running_mean']) put(`${layer.name}.${part}`, [layer.units], normal(8));
    }
  }
  return { layers, tensors };
}
