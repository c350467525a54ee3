import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { evaluate } from '../evaluate/evaluate.ts';
import { createEvaluator } from '../evaluate/createEvaluator.ts';
import { costOf } from '../graph/costOf.ts';
import { transposed } from '../graph/Constant.ts';
import { readOnnx } from '../onnx/readOnnx.ts';
import { sequentialGraph } from './sequentialGraph.ts';

const PATH = join(dirname(fileURLToPath(import.meta.url)), '../../golden/lenet-9.onnx');
const onnx = readOnnx('lenet.onnx', new Map([['lenet.onnx', readFileSync(PATH)]]));

/** The tensors of the ONNX file as PyTorch names and stores them. */
function tensorsOf() {
  const found = onnx.nodes.flatMap(({ operation }) => {
    if (operation.kind === 'convolution') return [{ weights: operation.weights, biases: operation.biases! }];
    return operation.kind === 'dense'
      ? [{ weights: transposed(operation.weights, [1, 0]), biases: operation.biases! }]
      : [];
  });
  const entries = found.flatMap(({ weights, biases }, i) => [
    [`${i}.weight`, { shape: weights.shape, data: weights.values }] as const,
    [`${i}.bias`, { shape: [biases.length], data: biases }] as const,
  ]);
  return { tensors: Object.fromEntries(entries), metadata: {} };
}

const block = (name: string) => [{ type: 'conv2d', name, padding: 2 }, { type: 'relu' }, { type: 'max-pool', size: 2 }];
const layers = [
  ...['0', '1', '2'].flatMap(block),
  { type: 'flatten' },
  { type: 'linear', name: '3' },
  { type: 'relu' },
  { type: 'dropout' },
  { type: 'linear', name: '4' },
];
const declared = { input: [3, 32, 32], layers };
const images = Float32Array.from({ length: 7 * 3072 }, (_, i) => ((i * 7919) % 256) / 256);

test('tensors with a declared architecture are the network that ONNX describes', () => {
  const graph = sequentialGraph('m.safetensors', tensorsOf(), declared);
  expect(costOf(graph)).toEqual(costOf(onnx));
  expect(evaluate(graph, images)).toEqual(evaluate(onnx, images));
});

test.each(['module.', '_orig_mod.', '_orig_mod.module.'])(
  'what a wrapper puts before all names, like %s, is left out, or declared too',
  (wrapper) => {
    const { tensors, metadata } = tensorsOf();
    const wrapped = Object.fromEntries(Object.entries(tensors).map(([name, each]) => [wrapper + name, each]));
    const named = layers.map((layer) => ('name' in layer ? { ...layer, name: wrapper + String(layer.name) } : layer));
    for (const all of [layers, named]) {
      const graph = sequentialGraph('m.pth', { tensors: wrapped, metadata }, { ...declared, layers: all });
      expect(evaluate(graph, images)).toEqual(evaluate(onnx, images));
    }
  },
);

test.each([
  [
    'a layer that is not known',
    { ...declared, layers: [{ type: 'lstm' }] },
    'architecture is not declared rightly: layers.0.type',
  ],
  ['no size of images', { layers }, 'architecture is not declared rightly: input'],
  [
    'a tensor that is not there',
    { ...declared, layers: [{ type: 'conv2d', name: 'x' }] },
    'has no x.weight; is it of this architecture?',
  ],
  [
    'no use for a tensor',
    { ...declared, layers: layers.slice(0, -1) },
    'has 4.weight, which the architecture does not use',
  ],
  [
    'another padding',
    { ...declared, layers: layers.with(0, { type: 'conv2d', name: '0' }) },
    'node "3" (linear) has weights 128×8 for an input of 72',
  ],
])('an architecture with %s is refused', (_, architecture, message) => {
  expect(() => sequentialGraph('m.pth', tensorsOf(), architecture)).toThrow(message);
});

test('batches do not matter, and inner values can be had', () => {
  const [first] = onnx.nodes;
  const evaluator = createEvaluator(onnx, [first.output, onnx.output.name]);
  const values = evaluator.run(images, 7);
  expect(values.get(onnx.output.name)).toEqual(evaluate(onnx, images));
  expect(values.get(first.output)).toHaveLength(7 * 4 * 32 * 32);
  const one = createEvaluator(onnx).run(images.subarray(3 * 3072, 4 * 3072), 1);
  expect(one.get(onnx.output.name)).toEqual(evaluate(onnx, images).subarray(30, 40));
});

test('images of another size are refused', () => {
  expect(() => evaluate(onnx, new Float32Array(100))).toThrow('the model takes 3072 an image');
});
