import { expect, test } from '@jest/globals';
import { notTaken } from './notTaken.ts';

const MODELS = ['models/lenet', 'models/first'];
const lines = (present: readonly string[], taken: readonly string[] = [], missing: readonly string[] = []) =>
  notTaken({ models: MODELS, present: [...present, ...taken], taken, missing });

test.each([
  [
    'models/model.onnx.data',
    ['models/first.onnx', 'models/lenet.pth'],
    '; it would be taken as models/first.onnx.data',
  ],
  ['models/model.onnx.data', ['models/first.pth'], '; no model needs it'],
  ['models/LeNet-5.onnx', [], '; it would be taken as models/lenet.onnx'],
  ['models/model.onnx', [], '; it would be taken as models/lenet.onnx or models/first.onnx'],
  ['models/old.pt', ['models/lenet.pth'], '; it would be taken as models/first.pth'],
  ['models/first/first.json', [], '; it would be taken as models/first/model.json'],
  ['models/first/spare.bin', ['models/first/model.json'], '; no model.json names it'],
  ['models/first.h5', [], '; a model is handed in as .onnx, .safetensors, .pth or a folder with model.json'],
])('%j beside %j is named with what it would be taken as', (path, taken, remedy) =>
  expect(lines([path], taken)).toEqual([`${path} is not taken${remedy}`]),
);

test('a file of weights is named with the missing name beside it', () => {
  const missing = ['models/lenet/a.bin', 'models/first/b.bin'];
  expect(lines(['models/first/b (1).bin', 'models/c.bin'], [], missing)).toEqual([
    'models/c.bin is not taken; it would be taken as models/lenet/a.bin or models/first/b.bin',
    'models/first/b (1).bin is not taken; it would be taken as models/first/b.bin',
  ]);
});

test('files elsewhere, hidden ones and those that are taken are not named, and many not one by one', () => {
  expect(lines(['notes.txt', 'models/.gitkeep', 'data/first.onnx'], ['models/first.onnx'])).toEqual([]);
  const many = lines(Array.from({ length: 1000 }, (_, i) => `models/${i}.txt`));
  expect(many).toHaveLength(21);
  expect(many.at(-1)).toBe('980 more files of models are not taken');
});
