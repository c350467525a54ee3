import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endOf } from '../test/endOf.ts';

type Json = Readonly<Record<string, unknown>>;

const conv = {
  class_name: 'Conv2D',
  config: {
    name: 'c',
    kernel_size: [3, 3],
    strides: [1, 1],
    padding: 'same',
    use_bias: false,
    batch_input_shape: [null, 8, 8, 3],
    activation: 'relu',
  },
};
const flat = { class_name: 'Flatten', config: { name: 'f' } };
const kernel = { name: 'c/kernel', shape: [3, 3, 3, 2], dtype: 'float32' };

/** A model of these layers and weights, with as many bytes as they need. */
function filesOf(layers: readonly Json[], weights: readonly Json[] = [kernel], more: Json = {}, bytes = 216) {
  const modelTopology = { class_name: 'Sequential', config: { layers } };
  const json = { format: 'layers-model', modelTopology, weightsManifest: [{ paths: ['./w.bin'], weights }], ...more };
  return { 'model.json': Buffer.from(JSON.stringify(json)), 'w.bin': new Uint8Array(bytes) };
}

const layer = (class_name: string, config: Json = {}): Json => ({ class_name, config });
const paths = (path: string): Json => ({ weightsManifest: [{ paths: [path], weights: [kernel] }] });
const functional = (inbound_nodes: unknown, output_layers: unknown = [['f', 0, 0]]): Json => ({
  modelTopology: {
    class_name: 'Model',
    config: {
      layers: [
        { class_name: 'InputLayer', name: 'i', config: { batch_input_shape: [null, 8, 8, 3] }, inbound_nodes: [] },
        { class_name: 'Flatten', name: 'f', config: {}, inbound_nodes },
      ],
      output_layers,
    },
  },
  weightsManifest: [],
});

test('a good model is read', () => {
  expect(endOf('model.json', filesOf([conv, flat]))).toBe('read');
  expect(endOf('model.json', filesOf([], [], functional([[['i', 0, 0, {}]]])))).toBe('read');
});

/** Layers behind a convolution, with 200,000 lists within one another in place of "DEEP". */
function deepened(...layers: readonly Json[]) {
  const { 'model.json': json, ...weights } = filesOf([conv, ...layers]);
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  return { 'model.json': Buffer.from(json.toString().replace('"DEEP"', deep)), ...weights };
}

const LIMIT = 'at most 4,000,000';
const HOSTILE: readonly (readonly [does: string, end: RegExp, files: () => Readonly<Record<string, Uint8Array>>])[] = [
  ['is no JSON', /^refused: model\.json: is not JSON/, () => ({ 'model.json': Buffer.from('PK') })],
  [
    'is nested a million times',
    /^refused: model\.json: is (not JSON|no layers model)/,
    () => ({ 'model.json': Buffer.from('['.repeat(1e6)) }),
  ],
  [
    'is of another format',
    /is no layers model: modelTopology/,
    () => ({ 'model.json': Buffer.from('{"format":"graph-model"}') }),
  ],
  ['has 2,000 layers', /is no layers model/, () => filesOf(Array.from({ length: 2000 }, () => flat))],
  ['has 100,000 layers', /has more than/, () => filesOf(Array.from({ length: 100_000 }, () => flat))],
  [
    'reads a file outside of its folder',
    /the file "\.\.\/\.\.\/etc\/passwd" is not there/,
    () => filesOf([conv], [], paths('../../etc/passwd')),
  ],
  [
    'reads a file by its address',
    /the file "https:\/\/example\.org\/w\.bin" is not there/,
    () => filesOf([conv], [], paths('https://example.org/w.bin')),
  ],
  ['has too few weights', /the weights "c\/kernel" are cut off/, () => filesOf([conv], [kernel], {}, 100)],
  ['claims 2^60 weights', /make the model smaller/, () => filesOf([conv], [{ ...kernel, shape: [2 ** 30, 2 ** 30] }])],
  ['has weights twice', /the weights "c\/kernel" are there twice/, () => filesOf([conv], [kernel, kernel], {}, 432)],
  [
    'has weights that are not numbers',
    /"c\/kernel" holds NaN/,
    () => ({ ...filesOf([conv, flat]), 'w.bin': new Uint8Array(216).fill(255) }),
  ],
  [
    'has weights that no layer uses',
    /no layer uses the weights "x"/,
    () => filesOf([conv], [kernel, { ...kernel, name: 'x' }], {}, 432),
  ],
  [
    'has weights of a byte',
    /^pending: .*stored as uint8/,
    () => filesOf([conv], [{ ...kernel, quantization: { dtype: 'uint8' } }]),
  ],
  [
    'runs code of its own',
    /^pending: .*\(Lambda\) is a layer that is not known/,
    () => filesOf([conv, layer('Lambda')]),
  ],
  ['is named like a prototype', /^pending: .*\(__proto__\)/, () => filesOf([conv, layer('__proto__')])],
  [
    'has an unknown activation',
    /^pending: .*has activation = "evil"/,
    () => filesOf([conv, layer('Activation', { activation: 'evil' })]),
  ],
  [
    'has an activation named like a property',
    /^pending: .*has activation = "constructor"/,
    () => filesOf([conv, layer('Activation', { activation: 'constructor' })]),
  ],
  ['has no input size', /does not say how large images are/, () => filesOf([flat], [])],
  [
    'has images of gigabytes',
    /the input is|the first layer/,
    () => filesOf([layer('Flatten', { batch_input_shape: [null, 1e6, 1e6, 3] })], []),
  ],
  [
    'pads to gigabytes',
    new RegExp(`pending: .*has padding|${LIMIT}`),
    () =>
      filesOf([
        conv,
        layer('ZeroPadding2D', {
          padding: [
            [1e6, 0],
            [0, 0],
          ],
        }),
      ]),
  ],
  ['has a layer twice', /has two layers "c"|makes "c:\d?", which is there already/, () => filesOf([conv, conv])],
  [
    'has a dense layer without weights',
    /\(Dense\) has no kernel/,
    () => filesOf([conv, flat, layer('Dense', { name: 'd' })]),
  ],
  [
    'is nested 200,000 deep in a setting',
    /^refused: model\.json: is nested too deeply/,
    () => deepened(layer('MaxPooling2D', { name: 'p', pool_size: 'DEEP', padding: 'valid' })),
  ],
  [
    'is nested 200,000 deep in a setting that is not read',
    /^refused: model\.json: is nested too deeply/,
    () => deepened(layer('Flatten', { name: 'f', depth: 'DEEP' })),
  ],
  [
    'is nested 200,000 deep where layers are connected',
    /^refused: model\.json: is nested too deeply/,
    () => deepened({ ...flat, inbound_nodes: ['DEEP'] }),
  ],
  [
    'has lists in a list',
    /^pending: .*has pool_size = \[\[\.\.\.\],2\]/,
    () => filesOf([conv, layer('MaxPooling2D', { pool_size: [[2], 2], padding: 'valid' })]),
  ],
  [
    'has a layer that takes no values',
    /^refused: .*"f" \(Flatten\) has no inbound_nodes/,
    () => filesOf([], [], functional([[]])),
  ],
  ['has a layer that is never used', /^refused: .*has no inbound_nodes/, () => filesOf([], [], functional([]))],
  [
    'is connected as by Keras 3',
    /^pending: .*"f" \(Flatten\) has inbound_nodes in a form that is not known here/,
    () => filesOf([], [], functional([{ args: [], kwargs: {} }])),
  ],
  [
    'goes on in training',
    /^pending: .*has inbound_nodes in a form/,
    () => filesOf([], [], functional([[['i', 0, 0, { training: true }]]])),
  ],
  [
    'has its outputs as by Keras 3',
    /^pending: .*has output_layers in a form/,
    () => filesOf([], [], functional([[['i', 0, 0, {}]]], ['f', 0, 0])),
  ],
  [
    'gives two values to a layer for one',
    /has 2 inputs; it needs one/,
    () =>
      filesOf([
        conv,
        {
          ...layer('Dropout', { rate: 0.5 }),
          inbound_nodes: [
            [
              ['c', 0, 0],
              ['c', 0, 0],
            ],
          ],
        },
      ]),
  ],
  ['has no biases', /\(Conv2D\) has no bias/, () => filesOf([{ ...conv, config: { ...conv.config, use_bias: true } }])],
  ['goes in a circle', /no layer before makes "f"/, () => filesOf([], [], functional([[['f', 0, 0, {}]]]))],
  ['uses a layer twice', /is used 2 times/, () => filesOf([], [], functional([[['i', 0, 0, {}]], [['i', 0, 0, {}]]]))],
  [
    'has two outputs',
    /has 2 outputs/,
    () =>
      filesOf(
        [],
        [],
        functional(
          [[['i', 0, 0, {}]]],
          [
            ['f', 0, 0],
            ['i', 0, 0],
          ],
        ),
      ),
  ],
];

test.each(HOSTILE)('a model that %s ends in one line', (_, end, files) => {
  expect(endOf('model.json', files())).toMatch(end);
});

test('changed anywhere, a model is read or ends in one line', () => {
  const { 'model.json': json, 'w.bin': weights } = filesOf([conv, flat]);
  fc.assert(
    fc.property(fc.nat(json.length - 1), fc.integer({ min: 32, max: 126 }), (at, byte) => {
      const changed = { 'model.json': Uint8Array.from(json).with(at, byte), 'w.bin': weights };
      expect(endOf('model.json', changed)).toMatch(/^(read$|(refused|pending): model\.json: )/);
    }),
    { numRuns: 1000 },
  );
});
