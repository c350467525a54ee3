import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { embeddedDigits } from '@im2grade/data';
import { mnist16 } from '@im2grade/data/mnist16';
import { evaluate, type LayerDescription, NeuralNet } from '@im2grade/layers';
import { readModel } from '@im2grade/modular-nets/programs/readModel.ts';
import { decodeSafetensors, encodeSafetensors } from '@im2grade/formats';
import { tensor } from '@im2grade/tensor';
import { readCheckpoint } from './checkpoint.ts';
import { models } from './models.ts';
import { referenceModules } from './referenceModules.ts';
import { judgeResults } from './results.ts';
import { trustedEvaluation } from './trustedEvaluation.ts';

const FILES = {
  logreg: 'logreg',
  net_1layer: 'net_1layer',
  net_2layer: 'net_2layer',
  convnet1: 'convnet1_method2',
  convnet2: 'convnet2',
} as const;
const names = Object.keys(FILES) as (keyof typeof FILES)[];

/** What a layer computes, without how it learns. */
const shapeOf = (layer: LayerDescription) => {
  if (layer.type === 'FC') return { type: layer.type, name: layer.name, num_channels: layer.num_channels };
  const { type, name, kernel_size, stride, padding } = layer;
  return { type, name, kernel_size, stride, padding, ...(layer.type === 'MAXPOOL' ? {} : { k: layer.num_channels }) };
};

test.each(names)('%s has the layers of the skeleton’s model', (name) => {
  const { network, ...sizes } = readModel(`skeleton/modular-nets/models/${FILES[name]}.yaml`);
  expect(models[name].network.map(shapeOf)).toEqual(network.map(shapeOf));
  const { network: _, ...own } = models[name];
  expect(sizes).toMatchObject(own);
});

const { test: digits } = mnist16(embeddedDigits());
const COUNT = 250;
const some = { images: digits.images.slice(0, COUNT * 256), labels: digits.labels.slice(0, COUNT), count: COUNT };

test.each(names)('%s: the trusted evaluation equals the net', (name) => {
  const net = new NeuralNet(models[name], referenceModules);
  const parameters = Object.fromEntries(
    Object.entries(net.Parameters()).map(([key, { data }]) => {
      data.set(data.map((value, i) => Math.fround(value / 3 + (key.endsWith('bias') ? Math.sin(i) / 5 : 0))));
      return [key, Float32Array.from(data)];
    }),
  );
  const expected = evaluate(net, some);
  const got = trustedEvaluation(models[name], parameters, some);
  expect(got.crossEntropy / expected.crossEntropy).toBeCloseTo(1, 4);
  expect(got.accuracy).toBeCloseTo(expected.accuracy, 2);
});

describe('a checkpoint that was handed in', () => {
  const logreg = {
    'output.weights': tensor([10, 256], new Float64Array(2560)),
    'output.bias': tensor([10], new Float32Array(10)),
  };
  const base64 = (tensors: typeof logreg | object, metadata = {}) =>
    Buffer.from(encodeSafetensors({ tensors: tensors as typeof logreg, metadata })).toString('base64');
  const read = (text: string) => readCheckpoint('a.safetensors', text, models.logreg);

  test('is read in single and in double precision', () => {
    const { parameters, digits: on } = read(base64(logreg, { digits: 'USPS' }));
    expect(Object.entries(parameters).map(([name, { length }]) => [name, length])).toEqual([
      ['output.weights', 2560],
      ['output.bias', 10],
    ]);
    expect(on).toBe('USPS');
    expect(decodeSafetensors(Buffer.from(base64(logreg), 'base64')).tensors).toEqual(logreg);
  });

  test.each([
    ['nothing', '', /^a\.safetensors: not a checkpoint: /],
    ['base64 of nothing', '!!!', /^a\.safetensors: not a checkpoint: /],
    ['a text', Buffer.from('0.3375, 0.9112 and so on').toString('base64'), /^a\.safetensors: not a checkpoint: /],
    [
      'another model',
      base64({ 'fc_1.weights': logreg['output.bias'] }),
      /it has no output\.weights; is it of this model/,
    ],
    [
      'other sizes',
      base64({ ...logreg, 'output.weights': logreg['output.bias'] }),
      /output\.weights is of shape \[10\]; expected: \[10, 256\]/,
    ],
    [
      'numbers that are not finite',
      base64({ ...logreg, 'output.bias': tensor([10], new Float32Array(10).fill(NaN)) }),
      /output\.bias holds numbers that are not finite/,
    ],
  ])('%s is refused with a message', (_, text, message) => expect(() => read(text)).toThrow(message));
});

describe('the digits that a checkpoint names', () => {
  afterEach(() => {
    delete (globalThis as { examination?: unknown }).examination;
  });
  const rowOf = (digits: string) => {
    const tensors = {
      'output.weights': tensor([10, 256], new Float32Array(2560)),
      'output.bias': tensor([10], new Float32Array(10)),
    };
    const sources = {
      'answers.yaml': readFileSync('reference/modular-nets/answers.yaml', 'utf8'),
      'checkpoints/logreg.safetensors': Buffer.from(encodeSafetensors({ tensors, metadata: { digits } })).toString(
        'base64',
      ),
    };
    Object.assign(globalThis, { examination: { sources: () => sources } });
    return () => judgeResults('logreg', 'logreg', { settings: { least: 0.85, within: 0.006 } });
  };

  test('USPS, which the grader lacks, leaves the row to a person', () => {
    expect(rowOf('USPS')()).toMatchObject({ status: 'inconclusive' });
  });

  test.each(['usps', 'CIFAR-10', '', 'MNIST\u202e'])(
    '%j, which no program of the course writes, loses the row',
    (name) => {
      expect(rowOf(name)).toThrow(/names digits that the course does not have/);
    },
  );
});
