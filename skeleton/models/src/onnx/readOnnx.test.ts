import { expect, test } from '@jest/globals';
import { evaluate } from '../evaluate/evaluate.ts';
import { UnknownOperator } from '../ModelError.ts';
import {
  chain,
  external,
  flat,
  floats,
  graph,
  message,
  model,
  modelOf,
  node,
  relu,
  sizes,
  tensor,
  value,
  weights,
} from '../test/writeOnnx.ts';
import { readOnnx } from './readOnnx.ts';

type Fields = Parameters<typeof modelOf>[0];
const read = (...fields: Fields) => readOnnx('m.onnx', new Map([['m.onnx', modelOf(fields, ['n', 1, 2, 2])]]));
/** What becomes of an image of four numbers; −0 is 0. */
const compute = (...fields: Fields): number[] =>
  [...evaluate(read(...fields), Float32Array.of(-2, -1, 1, 2))].map((value) => value + 0);

test('numbers that the model computes from sizes are known before it runs', () => {
  const view: Fields = [
    sizes('zero', 0),
    sizes('minus', -1),
    node({ operator: 'Shape', inputs: ['images'], output: 's' }),
    node({ operator: 'Gather', inputs: ['s', 'zero'], output: 'n' }),
    node({ operator: 'Concat', inputs: ['n', 'minus'], output: 'target', attributes: { axis: 0 } }),
    ...chain({ operator: 'Reshape', inputs: ['target'] }),
  ];
  expect(read(...view).output.shape).toEqual([4]);
  const part: Fields = [
    node({ operator: 'Shape', inputs: ['images'], output: 's', attributes: { start: 0, end: 1 } }),
    sizes('rest', 4),
    node({ operator: 'Concat', inputs: ['s', 'rest'], output: 'target', attributes: { axis: 0 } }),
    ...chain({ operator: 'Reshape', inputs: ['target'] }),
  ];
  expect(compute(...part)).toEqual([-2, -1, 1, 2]);
});

test('a slope that was learned, and other functions of each number', () => {
  expect(compute(weights('w', [1, 1, 1], floats(0.5)), ...chain({ operator: 'PRelu', inputs: ['w'] }))).toEqual([
    -1, -0.5, 1, 2,
  ]);
  expect(compute(...chain({ operator: 'Neg' }, relu))).toEqual([2, 1, 0, 0]);
  expect(
    compute(
      weights('a', [], floats(-1)),
      weights('b', [], floats(1.5)),
      ...chain({ operator: 'Clip', inputs: ['a', 'b'] }),
    ),
  ).toEqual([-1, -1, 1, 1.5]);
});

test('a constant may come first', () => {
  expect(
    compute(weights('w', [], floats(6)), node({ operator: 'Div', inputs: ['w', 'images'], output: 'classes' })),
  ).toEqual([-3, -6, 6, 3]);
});

test('what only matters in training is left out, and training mode is refused', () => {
  const mode = (truth: number): Fields[number] => [5, tensor('mode', [], Uint8Array.of(truth), { type: 9 })];
  const dropout = (truth: number) =>
    read(
      weights('ratio', [], floats(0.5)),
      mode(truth),
      ...chain({ operator: 'Dropout', inputs: ['ratio', 'mode'] }, flat),
    );
  expect(dropout(0).nodes.map(({ source }) => source)).toEqual(['Flatten']);
  expect(() => dropout(1)).toThrow('(Dropout) is in training mode; call model.eval() and export again');
});

test('a part of an operator that is not known here is not the fault of the model', () => {
  const dilated = chain({ operator: 'MaxPool', attributes: { kernel_shape: [1, 1], dilations: [2, 2] } });
  expect(() => read(...dilated)).toThrow(UnknownOperator);
  expect(() =>
    read(
      sizes('p', 0, 0, 1, 1, 0, 0, 1, 1),
      ...chain({ operator: 'Pad', inputs: ['p'], attributes: { mode: 'reflect' } }),
    ),
  ).toThrow(
    'node "classes" (Pad) pads in the mode reflect; this cannot be evaluated here, and a person will look at it',
  );
});

test('images are resized to whole rows, whatever the sizes', () => {
  for (const size of [1, 3, 5, 7, 13, 49, 93]) {
    const resized = read(sizes('s', 1, 1, size, 2 * size), ...chain({ operator: 'Resize', inputs: ['', '', 's'] }));
    expect(resized.output.shape).toEqual([1, size, 2 * size]);
  }
});

test('before version 11 pixels are taken from the left', () => {
  const scales = weights('s', [4], floats(1, 1, 1, 1.5));
  const bytes = (opset: number) =>
    model(graph([scales, ...chain({ operator: 'Upsample', inputs: ['s'] })], ['n', 1, 2, 2]), { opset });
  const old = readOnnx('m.onnx', new Map([['m.onnx', bytes(9)]]));
  expect([...evaluate(old, Float32Array.of(1, 2, 3, 4))]).toEqual([1, 1, 2, 3, 3, 4]);
});

test('what newer exporters write beside a model, in opset 18 with weights in a second file, changes nothing', () => {
  const note = message([1, 'pkg.torch.onnx.name_scopes'], [2, "['', 'features.0', 'conv2d']"]);
  const annotated = ([number, bytes]: Fields[number]): Fields[number] => [
    number,
    Buffer.concat([bytes as Uint8Array, message([8, ''], [9, note])]),
  ];
  const fields: Fields = [
    external('features.0.weight', [2, 1, 1, 1], { location: 'm.onnx.data', offset: '0', length: '8' }),
    external('features.0.bias', [2], { location: 'm.onnx.data', offset: '8', length: '8' }),
    sizes('val_1', 2, 3),
    annotated(
      node({
        operator: 'Conv',
        inputs: ['images', 'features.0.weight', 'features.0.bias'],
        output: 'conv2d',
        attributes: { auto_pad: 'NOTSET', group: 1, strides: [1, 1], dilations: [1, 1], pads: [0, 0, 0, 0] },
        name: 'node_conv2d',
      }),
    ),
    annotated(
      node({
        operator: 'ReduceMean',
        inputs: ['conv2d', 'val_1'],
        output: 'classes',
        attributes: { keepdims: 0, noop_with_empty_axes: 0 },
        name: 'node_mean',
      }),
    ),
    [13, value('conv2d', ['s77', 2, 2, 2])],
    [16, note],
  ];
  const bytes = model(graph(fields, ['s77', 1, 2, 2]), {
    opset: 18,
    more: [
      [2, 'pytorch'],
      [14, note],
    ],
  });
  const files = { 'm.onnx': bytes, 'm.onnx.data': floats(2, -1, 10, 20) };
  const found = readOnnx('m.onnx', new Map(Object.entries(files)));
  expect([...evaluate(found, Float32Array.of(1, 2, 3, 4))]).toEqual([15, 17.5]);
});
