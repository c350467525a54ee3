import { expect, test } from '@jest/globals';
import { evaluate } from '../evaluate/evaluate.ts';
import { endOf } from '../test/endOf.ts';
import { readTfjs } from './readTfjs.ts';

type Settings = Readonly<Record<string, unknown>>;
type Weights = Readonly<Record<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>>;

/** A model of one layer `a` on images of this shape, channels last. */
function filesOf(class_name: string, shape: readonly number[], settings: Settings, weights: Weights = {}) {
  const config = { name: 'a', batch_input_shape: [null, ...shape], ...settings };
  const json = {
    modelTopology: { class_name: 'Sequential', config: { layers: [{ class_name, config }] } },
    weightsManifest: [
      {
        paths: ['w.bin'],
        weights: Object.entries(weights).map(([name, { shape: sizes }]) => ({
          ...{ name: `a/${name}`, shape: sizes, dtype: 'float32' },
        })),
      },
    ],
  };
  const values = Float32Array.from(Object.values(weights).flatMap((each) => each.values));
  return { 'model.json': Buffer.from(JSON.stringify(json)), 'w.bin': new Uint8Array(values.buffer) };
}

function computed(given: readonly number[], ...model: Parameters<typeof filesOf>): number[] {
  const graph = readTfjs('model.json', new Map(Object.entries(filesOf(...model))));
  // Without negative zeros.
  return [...evaluate(graph, Float32Array.from(given))].map((value) => value + 0);
}

const LINE = [1, 4, 1];
const VALUES = [-2, -1, 3, 9];

test.each<[string, Settings, number[]]>([
  ['ReLU', {}, [0, 0, 3, 9]],
  ['ReLU', { max_value: 6, negative_slope: 0, threshold: 0 }, [0, 0, 3, 6]],
  ['ReLU', { max_value: null, negative_slope: 0.5 }, [-1, -0.5, 3, 9]],
  ['ReLU', { max_value: 6, negative_slope: 0.5 }, [-1, -0.5, 3, 6]],
  ['LeakyReLU', { alpha: 0.5 }, [-1, -0.5, 3, 9]],
  ['LeakyReLU', { negative_slope: 0.25 }, [-0.5, -0.25, 3, 9]],
])('%s computes its settings %j', (name, settings, expected) => {
  expect(computed(VALUES, name, LINE, settings)).toEqual(expected);
});

test.each([
  // Two rows of two columns of two channels; along the axis, all numbers are alike.
  [1, [0, 1, 2, 3, 0, 1, 2, 3]],
  [2, [0, 1, 0, 1, 2, 3, 2, 3]],
  [-1, [0, 0, 1, 1, 2, 2, 3, 3]],
  [3, [0, 0, 1, 1, 2, 2, 3, 3]],
])('Softmax computes along axis %d', (axis, values) => {
  for (const share of computed(values, 'Softmax', [2, 2, 2], { axis })) expect(share).toBeCloseTo(0.5);
});

const kernel = { shape: [3, 3, 1, 1], values: [0, 0, 0, 0, 0, 0, 0, 0, 1] };
const window = { kernel_size: [3, 3], strides: [1, 1], padding: 'valid', use_bias: false };
const image = Array.from({ length: 25 }, (_, i) => i);

test.each([
  ['Conv2D', 'kernel'],
  ['DepthwiseConv2D', 'depthwise_kernel'],
])('%s is dilated as its setting says', (name, weights) => {
  const of = (dilation: number): number[] =>
    computed(image, name, [5, 5, 1], { ...window, dilation_rate: [dilation, dilation] }, { [weights]: kernel });
  expect(of(2)).toEqual([24]);
  // As images are computed: the value of the lower right neighbour.
  expect(of(1)).toEqual([12, 13, 14, 17, 18, 19, 22, 23, 24]);
});

test.each<[string, Settings, RegExp]>([
  ['ReLU', { threshold: 1 }, /has threshold = 1/],
  ['ReLU', { max_value: -1 }, /has max_value = -1/],
  ['LeakyReLU', { negative_slope: 0.1, alpha: 0.2 }, /has alpha = 0\.2/],
  ['Softmax', { axis: 0 }, /has axis = 0/],
  ['Softmax', { axis: [1, 2] }, /has axis = \[1,2\]/],
  ['Flatten', { data_format: 'channels_first' }, /has data_format = "channels_first"/],
  ['GlobalAveragePooling2D', { data_format: 'channels_first' }, /has data_format = "channels_first"/],
  ['ZeroPadding2D', { data_format: 'channels_first' }, /has data_format = "channels_first"/],
  ['Flatten', { shuffled: true }, /has shuffled = true/],
  ['Flatten', { order: { of: 'columns' } }, /has order = \{\.\.\.\}/],
])('%s with the settings %j is left to a person', (name, settings, why) => {
  const end = endOf('model.json', filesOf(name, LINE, settings));
  expect(end).toMatch(/^pending: /);
  expect(end).toMatch(why);
});

test('settings that change nothing after training do not matter', () => {
  const settings = {
    ...{ trainable: false, dtype: { class_name: 'DTypePolicy' }, activity_regularizer: { class_name: 'L2' } },
    ...{ data_format: 'channels_last', lora_rank: null, ragged: false },
  };
  expect(computed(VALUES, 'Flatten', LINE, settings)).toEqual(VALUES);
  expect(computed(VALUES, 'Dropout', LINE, { rate: 0.5, seed: 1, noise_shape: null })).toEqual(VALUES);
});

test('a layer without biases has none, and one with biases has to have them', () => {
  const weights = { kernel: { shape: [1, 1], values: [2] }, bias: { shape: [1], values: [1] } };
  expect(computed([3], 'Dense', [1], { units: 1 }, weights)).toEqual([7]);
  expect(endOf('model.json', filesOf('Dense', [1], { units: 1, use_bias: false }, weights))).toMatch(
    /no layer uses the weights "a\/bias"/,
  );
  const { kernel: only } = weights;
  expect(endOf('model.json', filesOf('Dense', [1], { units: 1 }, { kernel: only }))).toMatch(/has no bias/);
});

test('Concatenate puts values together along any axis', () => {
  const json = {
    modelTopology: {
      class_name: 'Functional',
      config: {
        layers: [
          { class_name: 'InputLayer', name: 'i', config: { batch_input_shape: [null, 1, 2, 1] }, inbound_nodes: [] },
          {
            class_name: 'Concatenate',
            name: 'c',
            config: { axis: 1 },
            inbound_nodes: [
              [
                ['i', 0, 0, {}],
                ['i', 0, 0, {}],
              ],
            ],
          },
          { class_name: 'Flatten', name: 'f', config: {}, inbound_nodes: [[['c', 0, 0, {}]]] },
        ],
        output_layers: [['f', 0, 0]],
      },
    },
    weightsManifest: [],
  };
  const graph = readTfjs('model.json', new Map([['model.json', Buffer.from(JSON.stringify(json))]]));
  expect(graph.nodes.find(({ source }) => source === 'Concatenate')?.shape).toEqual([1, 2, 2]);
  expect([...evaluate(graph, Float32Array.of(5, 7))]).toEqual([5, 7, 5, 7]);
});
