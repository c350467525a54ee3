import type { StoredTensor } from '@im2grade/formats';
import type { Net } from './Net.ts';

const EPSILON = 1e-5;

/** The net with each batch norm folded into the convolution before, as exporters do. */
export function folded({ layers, tensors }: Net): Net {
  const all: Record<string, StoredTensor> = { ...tensors };
  layers.forEach((layer, i) => {
    if (layer.type !== 'batch-norm') return;
    const before = layers[i - 1] as { readonly name: string };
    const [scale, shift, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map(
      (part) => tensors[`${layer.name}.${part}`].data,
    );
    const factor = Float64Array.from(scale, (each, k) => each / Math.sqrt(variance[k] + EPSILON));
    const { shape, data } = tensors[`${before.name}.weight`];
    const size = data.length / shape[0];
    const biases = tensors[`${before.name}.bias`].data;
    all[`${before.name}.weight`] = { shape, data: data.map((each, at) => each * factor[Math.floor(at / size)]) };
    all[`${before.name}.bias`] = {
      shape: [shape[0]],
      data: biases.map((each, k) => (each - mean[k]) * factor[k] + shift[k]),
    };
    for (const part of ['weight', 'bias', 'running_mean', 'running_var']) delete all[`${layer.name}.${part}`];
  });
  return { layers: layers.filter(({ type }) => type !== 'batch-norm'), tensors: all };
}
