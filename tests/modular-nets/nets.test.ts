import { describe, expect, test } from '@jest/globals';
import {
  checkGradients,
  ConvMethod1,
  type LayerDescription,
  type LayerModules,
  MaxPool,
  type NetworkDescription,
  NeuralNet,
  trainEpoch,
} from '@im2grade/layers';
import { createRandom } from '@im2grade/nn';
import { scale, type Tensor, tensor, zeros } from '@im2grade/tensor';
import fc from 'fast-check';
import { FullyConnected } from '../../reference/modular-nets/src/FullyConnected.ts';
import { referenceModules } from './referenceModules.ts';

const learning = { init_wt: 0.3, epsilon: 0.05, momentum: 0.9, l2_decay: 0.01 };
const dense = (name: string, num_channels: number): LayerDescription => ({
  name,
  type: 'FC',
  num_channels,
  ...learning,
});
const conv = (name: string, num_channels: number, method: 1 | 2, kernel_size = 3, padding = 1): LayerDescription => {
  const convolve_method = `method${method}` as const;
  return { name, type: 'CONVOLUTIONAL', num_channels, kernel_size, stride: 1, padding, convolve_method, ...learning };
};
const pool = (name: string): LayerDescription => ({ name, type: 'MAXPOOL', kernel_size: 2, stride: 2, padding: 0 });
const net = (...network: LayerDescription[]): NetworkDescription => ({
  input_image_size_y: 6,
  input_image_size_x: 4,
  input_num_channels: 2,
  network,
});

const random = createRandom(5);
const normal = (...shape: number[]): Tensor => {
  const a = zeros(shape);
  for (let i = 0; i < a.data.length; i++) a.data[i] = random.normal();
  return a;
};
const expectClose = (got: Tensor | undefined, wanted: Tensor | undefined) => {
  expect(got!.shape).toEqual(wanted!.shape);
  const difference = wanted!.data.map((value, i) => Math.abs(value - got!.data[i]) / Math.max(1, Math.abs(value)));
  expect(Math.max(0, ...difference)).toBeLessThan(1e-12);
};

describe('gradients agree with finite differences', () => {
  test.each([
    ['logistic regression', net(dense('output', 3))],
    ['hidden layers', net(dense('fc_1', 5), dense('fc_2', 4), dense('output', 3))],
    ['Method 1', net(conv('conv_1', 3, 1), dense('output', 3))],
    ['Method 2', net(conv('conv_1', 3, 2), dense('output', 3))],
    ['Method 2 without padding', net(conv('conv_1', 3, 2, 3, 0), dense('output', 3))],
    ['Method 2 with wide kernels', net(conv('conv_1', 2, 2, 5, 3), conv('conv_2', 3, 2, 3, 2), dense('output', 3))],
    ['pooling between', net(conv('conv_1', 3, 2), pool('pool_1'), conv('conv_2', 2, 1), dense('output', 3))],
  ])('%s', (_, description) => {
    const verdicts = checkGradients(new NeuralNet(description, referenceModules), { samples: 60 });
    expect(verdicts.filter(({ passed }) => !passed)).toEqual([]);
  });

  test('a sum instead of a mean is detected, and every parameter has its value again', () => {
    class Summing extends FullyConnected {
      override ComputeDown(dC_by_doutputs: Tensor, inputs: Tensor) {
        const derivatives = super.ComputeDown(dC_by_doutputs, inputs);
        return { ...derivatives, dC_by_dweights: scale(derivatives.dC_by_dweights, inputs.shape[0]) };
      }
    }
    const summing = new NeuralNet(net(dense('output', 3)), { ...referenceModules, FullyConnected: Summing });
    const before = summing.FlatParameters();
    const verdicts = checkGradients(summing);
    expect(verdicts.map(({ name, passed }) => [name, passed])).toEqual([
      ['output.weights', false],
      ['output.bias', true],
    ]);
    expect(summing.FlatParameters()).toEqual(before);
  });
});

describe('Method 2 equals Method 1', () => {
  const sizes = fc
    .record({ N: fc.integer({ min: 1, max: 3 }), C: fc.integer({ min: 1, max: 3 }), K: fc.integer({ min: 1, max: 3 }) })
    .chain((channels) =>
      fc.integer({ min: 1, max: 5 }).chain((k) =>
        fc.record({
          ...Object.fromEntries(Object.entries(channels).map(([name, value]) => [name, fc.constant(value)])),
          k: fc.constant(k),
          padding: fc.integer({ min: 0, max: k - 1 }),
          Y: fc.integer({ min: k, max: 8 }),
          X: fc.integer({ min: k, max: 8 }),
        }),
      ),
    ) as fc.Arbitrary<Record<'N' | 'C' | 'K' | 'k' | 'padding' | 'Y' | 'X', number>>;

  test('forwards and backwards, for all sizes', () =>
    fc.assert(
      fc.property(sizes, ({ N, C, K, k, padding, Y, X }) => {
        const description = { ...conv('conv', K, 2, k, padding), type: 'CONVOLUTIONAL' } as never;
        const [input, output] = [
          { num_channels: C, size_y: Y, size_x: X },
          { num_channels: K, size_y: Y + 2 * padding - k + 1, size_x: X + 2 * padding - k + 1 },
        ];
        const layers = [ConvMethod1, referenceModules.ConvMethod2].map(
          (method) => new method(description, input, output, 'relu'),
        );
        const [weights, bias, images] = [normal(K, C, k, k), normal(K), normal(N, C, Y, X)];
        for (const layer of layers) layer.SetParameters(weights, bias);
        const [one, two] = layers.map((layer) => layer.ComputeUp(images));
        expectClose(two, one);
        const above = normal(...one.shape);
        const [down1, down2] = layers.map((layer) => layer.ComputeDown(above, images, one));
        for (const name of ['dC_by_dinputs', 'dC_by_dweights', 'dC_by_dbias'] as const)
          expectClose(down2[name], down1[name]);
      }),
      { numRuns: 60 },
    ));

  test('step for step through training', () => {
    const description = (method: 1 | 2) =>
      net(conv('conv_1', 3, method), pool('pool_1'), conv('conv_2', 2, method), dense('output', 3));
    const digits = { images: normal(20, 2, 6, 4).data, labels: Uint8Array.from({ length: 20 }, (_, i) => i % 3) };
    const run = (method: 1 | 2) => {
      const trained = new NeuralNet(description(method), referenceModules);
      return [0, 1, 2].flatMap((epoch) => [...trainEpoch(trained, digits, 8, epoch)].map(({ loss }) => loss));
    };
    const [one, two] = [run(1), run(2)];
    expect(one).toHaveLength(9);
    two.forEach((loss, i) => expect(loss).toBeCloseTo(one[i], 10));
    expect(one.at(-1)).toBeLessThan(one[0]);
  });
});

test('the derivative of a pooled unit goes to all inputs that equal the largest', () => {
  const description = { name: 'pool', type: 'MAXPOOL', kernel_size: 2, stride: 2, padding: 0 } as const;
  const [input, output] = [4, 2].map((size_x) => ({ num_channels: 1, size_y: 2, size_x }));
  const layer = new MaxPool(description, input, { ...output, size_y: 1 });
  const images = tensor([1, 1, 2, 4], [-1, -2, 7, 5, -3, -4, 7, 7]);
  const pooled = layer.ComputeUp(images);
  expect(pooled).toEqual(tensor([1, 1, 1, 2], [-1, 7]));
  expect(layer.ComputeDown(tensor([1, 1, 1, 2], [2, 3]), images, pooled).dC_by_dinputs).toEqual(
    tensor([1, 1, 2, 4], [2, 0, 3, 0, 0, 0, 3, 3]),
  );
});

test('one step of learning: l2 on weights only, momentum on both', () => {
  const layer = new NeuralNet(net(dense('output', 3)), referenceModules as LayerModules).learnedLayers[0];
  const shape = layer.weights.shape;
  const ones = (shape: readonly number[]) => tensor(shape, new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(1));
  layer.SetParameters(ones(shape), ones([3]));
  const derivatives = { dC_by_dinputs: zeros([1]), dC_by_dweights: ones(shape), dC_by_dbias: ones([3]) };
  layer.Update(derivatives);
  const [v, w] = [-0.05 * 1.01, 1 - 0.05 * 1.01];
  expect(layer.weights.data[0]).toBeCloseTo(w, 14);
  expect(layer.bias.data[0]).toBeCloseTo(0.95, 14);
  layer.Update(derivatives);
  expect(layer.weights.data[0]).toBeCloseTo(w + 0.9 * v - 0.05 * (1 + 0.01 * w), 14);
  expect(layer.bias.data[0]).toBeCloseTo(0.95 + 0.9 * -0.05 - 0.05, 14);
});
