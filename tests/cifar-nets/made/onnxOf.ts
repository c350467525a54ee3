import {
  chain,
  external,
  graph,
  model,
  type NodeToWrite,
  weights,
} from '../../../skeleton/models/src/test/writeOnnx.ts';
import type { Layer, Net } from './Net.ts';

/** How a net is written. */
interface OnnxOptions {
  /** The numbers of the tensors. */
  readonly type?: 'float32' | 'float16';
  /** Normalises the images in the model. */
  readonly normalised?: { readonly mean: readonly number[]; readonly deviation: readonly number[] };
  /** The numbers go to another file. */
  readonly external?: { readonly location: string; readonly data: Uint8Array[] };
}

/** By the numbers of TensorProto.DataType. */
const FLOAT16 = 10;

/** A net as ONNX, as PyTorch exports it. */
export function onnxOf({ layers, tensors }: Net, options: OnnxOptions = {}): Uint8Array {
  const { normalised, type = 'float32', external: outside } = options;
  const all = { ...tensors };
  const before: Partial<NodeToWrite>[] = [];
  if (normalised) {
    all['mean'] = { shape: [1, 3, 1, 1], data: Float32Array.from(normalised.mean) };
    all['deviation'] = { shape: [1, 3, 1, 1], data: Float32Array.from(normalised.deviation) };
    before.push({ operator: 'Sub', inputs: ['mean'] }, { operator: 'Div', inputs: ['deviation'] });
  }
  let offset = 0;
  const fields = Object.entries(all).map(([name, { shape, data }]) => {
    if (type === 'float16') return weights(name, shape, halves(data), { type: FLOAT16 });
    const bytes = new Uint8Array(Float32Array.from(data).buffer);
    if (!outside) return weights(name, shape, bytes);
    outside.data.push(bytes);
    const place = { location: outside.location, offset: `${offset}`, length: `${bytes.length}` };
    offset += bytes.length;
    return external(name, shape, place);
  });
  const nodes = chain(...before, ...layers.map(nodeOf));
  return model(graph([...nodes, ...fields], ['batch', 3, 32, 32]));
}

/** Numbers of the reference are short in binary: none needs rounding but by cutting off. */
function halves(data: ArrayLike<number>): Uint8Array {
  const bits = new Uint32Array(Float32Array.from(data).buffer);
  const half = Uint16Array.from(bits, (each) => {
    const exponent = ((each >>> 23) & 0xff) - 112;
    return ((each >>> 16) & 0x8000) | (exponent <= 0 ? 0 : (exponent << 10) | ((each >>> 13) & 0x3ff));
  });
  return new Uint8Array(half.buffer);
}

const four = (padding: number) => [padding, padding, padding, padding];
const two = (size: number) => [size, size];

function nodeOf(layer: Layer): Partial<NodeToWrite> {
  switch (layer.type) {
    case 'conv2d': {
      const { name, size, padding, stride = 1 } = layer;
      const attributes = { kernel_shape: two(size), pads: four(padding), strides: two(stride) };
      return { operator: 'Conv', inputs: [`${name}.weight`, `${name}.bias`], attributes, name };
    }
    case 'linear':
      return {
        operator: 'Gemm',
        inputs: [`${layer.name}.weight`, `${layer.name}.bias`],
        attributes: { transB: 1 },
        name: layer.name,
      };
    case 'batch-norm':
      return {
        operator: 'BatchNormalization',
        inputs: ['weight', 'bias', 'running_mean', 'running_var'].map((part) => `${layer.name}.${part}`),
        name: layer.name,
      };
    case 'max-pool':
    case 'average-pool': {
      const attributes = { kernel_shape: two(layer.size), strides: two(layer.size) };
      return { operator: layer.type === 'max-pool' ? 'MaxPool' : 'AveragePool', attributes };
    }
    case 'relu':
      return { operator: 'Relu' };
    case 'softmax':
      return { operator: 'Softmax' };
    case 'flatten':
      return { operator: 'Flatten' };
    case 'global-average-pool':
      return { operator: 'GlobalAveragePool' };
  }
}
