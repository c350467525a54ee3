import { expect, test } from '@jest/globals';
import { describeModel } from '@im2grade/models';
import { lenet } from '../made/nets.ts';
import { graphOf, type Layer, randomNet } from '../made/Net.ts';
import { judgeTable1 } from './table1.ts';

const judged = (layers: readonly Layer[]) => judgeTable1(describeModel(graphOf(randomNet(layers, 1))) as never);

const NET = lenet();
const pool = NET.findIndex(({ type }) => type === 'max-pool');
const without = (i: number) => NET.filter((_, at) => at !== i);
const withLayer = (i: number, ...layers: Layer[]) => [...NET.slice(0, i), ...layers, ...NET.slice(i)];
const conv = (name: string, channels: number, filters: number): Layer => ({
  type: 'conv2d',
  ...{ name, channels, filters, size: 3, padding: 1 },
});

test.each<[string, readonly Layer[]]>([
  ['as it is in the table', NET],
  ['with the softmax in the model', [...NET, { type: 'softmax' }]],
  ['with the ReLU after the pooling', [NET[0], NET[2], NET[1], ...NET.slice(3)]],
])('Table 1 %s gets everything', (_, layers) => expect(judged(layers)).toMatchObject({ status: 'passed', credit: 1 }));

test.each<[string, readonly Layer[], number]>([
  ['64 filters for 32 in the first layer', lenet({ filters: [64, 64, 128] }), 7 / 8],
  ['half of the filters everywhere', lenet({ filters: [16, 32, 64] }), 5 / 8],
  ['filters of 3×3', lenet({ size: 3, padding: 1 }), 5 / 8],
  ['a padding of 1', lenet({ padding: 1 }), 2 / 8],
  ['32 units for 64', lenet({ units: 32 }), 7 / 8],
  ['one more convolution', withLayer(pool, conv('more', 32, 32), { type: 'relu' }), 7 / 8],
  ['batch norm after the first convolution', withLayer(1, { type: 'batch-norm', name: 'bn', units: 32 }), 6 / 8],
  [
    'average pooling',
    NET.map((layer) => (layer.type === 'max-pool' ? { type: 'average-pool', size: 2 } : layer)),
    5 / 8,
  ],
  ['no ReLU after the second convolution', without(4), 7 / 8],
  ['no ReLU after the dense layer', without(NET.length - 2), 7 / 8],
  ['ReLU after the last layer', [...NET, { type: 'relu' }], 7 / 8],
])('Table 1 with %s loses a share', (_, layers, credit) => {
  const verdict = judged(layers);
  expect(verdict).toMatchObject({ status: 'partial', credit });
  expect(verdict.evidence.length).toBeGreaterThan(0);
});
