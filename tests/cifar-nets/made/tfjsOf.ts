import type { Layer, Net } from './Net.ts';

/** As after `model.save('downloads://my-model')`. */
const WEIGHTS = 'my-model.weights.bin';

/** A net as TensorFlow.js saves it: channels last, and one file of weights. */
export function tfjsOf({ layers, tensors }: Net): Record<string, Uint8Array> {
  const manifest: { name: string; shape: number[]; dtype: 'float32' }[] = [];
  const data: Uint8Array[] = [];
  let channels = 0;
  const put = (name: string, shape: number[], values: Float32Array) => {
    manifest.push({ name, shape, dtype: 'float32' });
    data.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  };
  const of = (name: string) => Float32Array.from(tensors[name].data);
  for (const layer of layers) {
    if (layer.type === 'conv2d') {
      const { name, size, channels: C, filters: K } = layer;
      put(`${name}/kernel`, [size, size, C, K], moved(of(`${name}.weight`), [K, C, size * size], [2, 1, 0]));
      put(`${name}/bias`, [K], of(`${name}.bias`));
      channels = K;
    } else if (layer.type === 'batch-norm') {
      const parts = { weight: 'gamma', bias: 'beta', running_mean: 'moving_mean', running_var: 'moving_variance' };
      for (const [own, theirs] of Object.entries(parts))
        put(`${layer.name}/${theirs}`, [layer.units], of(`${layer.name}.${own}`));
    } else if (layer.type === 'linear') {
      const { name, inputs, units } = layer;
      const kernel = moved(of(`${name}.weight`), [units, channels, inputs / channels], [2, 1, 0]);
      put(`${name}/kernel`, [inputs, units], kernel);
      put(`${name}/bias`, [units], of(`${name}.bias`));
    }
  }
  const topology = { class_name: 'Sequential', config: { name: 'net', layers: layers.map(kerasLayer) } };
  const model = {
    format: 'layers-model',
    modelTopology: topology,
    weightsManifest: [{ paths: [`./${WEIGHTS}`], weights: manifest }],
  };
  return { 'model.json': Buffer.from(JSON.stringify(model)), [WEIGHTS]: Buffer.concat(data) };
}

/** The numbers of three axes in another order of the axes. */
function moved(values: Float32Array, shape: readonly number[], order: readonly number[]): Float32Array {
  const strides = [shape[1] * shape[2], shape[2], 1];
  const [, B, C] = order.map((axis) => shape[axis]);
  const [a, b, c] = order.map((axis) => strides[axis]);
  return Float32Array.from({ length: values.length }, (_, i) => {
    return values[Math.floor(i / (B * C)) * a + (Math.floor(i / C) % B) * b + (i % C) * c];
  });
}

function kerasLayer(layer: Layer, i: number) {
  const name = 'name' in layer ? layer.name : `layer_${i}`;
  const input = i === 0 ? { batch_input_shape: [null, 32, 32, 3] } : {};
  switch (layer.type) {
    case 'conv2d': {
      const { filters, size, padding, stride = 1 } = layer;
      const window = { kernel_size: [size, size], strides: [stride, stride], padding: padding > 0 ? 'same' : 'valid' };
      return {
        class_name: 'Conv2D',
        config: { name, filters, ...window, activation: 'linear', use_bias: true, ...input },
      };
    }
    case 'batch-norm':
      return { class_name: 'BatchNormalization', config: { name, axis: -1, epsilon: 1e-5, center: true, scale: true } };
    case 'linear':
      return { class_name: 'Dense', config: { name, units: layer.units, activation: 'linear', use_bias: true } };
    case 'max-pool':
    case 'average-pool': {
      const window = { pool_size: [layer.size, layer.size], strides: [layer.size, layer.size], padding: 'valid' };
      return {
        class_name: layer.type === 'max-pool' ? 'MaxPooling2D' : 'AveragePooling2D',
        config: { name, ...window },
      };
    }
    case 'relu':
      return { class_name: 'Activation', config: { name, activation: 'relu' } };
    case 'softmax':
      return { class_name: 'Activation', config: { name, activation: 'softmax' } };
    case 'flatten':
      return { class_name: 'Flatten', config: { name } };
    case 'global-average-pool':
      return { class_name: 'GlobalAveragePooling2D', config: { name } };
  }
}
