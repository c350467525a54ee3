import { expect, jest, test } from '@jest/globals';
import { Pictures } from '@im2grade/grader/model/pictures.ts';
import { drawnActivations, drawnFilters } from './drawnModel.ts';
import type { ExaminedModel } from './ExaminedModel.ts';
import type { ModelNode } from './ModelStructure.ts';

const NORMALISATION = { mean: [0, 0, 0], deviation: [1, 1, 1] };
const IMAGE = { name: 'an image', height: 2, width: 2, bytes: new Uint8Array(12) };

const convolution = (name: string, filters: number[], shape: number[]): ModelNode => ({
  ...{ name, source: 'Conv', kind: 'convolution', inputs: ['x'], output: name, parameters: 1, filters, shape },
});

/** A model that gives the same number everywhere. */
function modelOf(nodes: readonly ModelNode[], value: number) {
  const values = (shape: readonly number[]) => new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value);
  const filterWeights = jest.fn((place: number) => Promise.resolve(values(nodes[place].filters!)));
  const nodeValues = jest.fn((places: readonly number[]) =>
    Promise.resolve(places.map((at) => values(nodes[at].shape))),
  );
  const structure = () => Promise.resolve({ nodes });
  const model = { files: { path: 'models/any.onnx' }, structure, filterWeights, nodeValues };
  return { asked: [filterWeights, nodeValues], model: model as unknown as ExaminedModel };
}

test('filters of colours are drawn in colours, others by their first channel', async () => {
  const coloured = await drawnFilters(modelOf([convolution('a', [80, 3, 5, 5], [80, 9, 9])], 0.5).model);
  expect(coloured).toMatchObject({
    drawn: 'colours',
    most: 0.5,
    shows: expect.stringMatching(/^64 of 80 filters .*, a, 5×5\.$/u),
  });
  expect(coloured.pictures).toHaveLength(64);
  const grey = await drawnFilters(modelOf([convolution('a', [4, 2, 3, 3], [4, 9, 9])], 1).model);
  expect(grey).toMatchObject({
    drawn: 'signed',
    shows: 'All 4 filters of the first convolution, a, 3×3, the first of 2 channels of each.',
  });
});

test('activations are those of the convolution that is asked for, made smaller if need be', async () => {
  const nodes = [convolution('a', [64, 3, 7, 7], [64, 128, 128]), convolution('b', [12, 64, 3, 3], [12, 8, 8])];
  const { model } = modelOf(nodes, -2);
  const first = await drawnActivations(model, 'first', IMAGE, NORMALISATION);
  expect(first.shows).toMatch(/10 of 64 filters .* of shape 1×64×128×128; each pixel is the mean of 2×2\.$/u);
  expect(first.pictures[9]).toMatchObject({ name: 'filter 9', height: 64, width: 64 });
  const last = await drawnActivations(model, 'last', IMAGE, NORMALISATION);
  expect(last).toMatchObject({ shows: expect.stringMatching(/last convolution, b, .* 1×12×8×8\.$/u), most: 2 });
});

test('what is not finite can be drawn and saved nevertheless', async () => {
  const found = await drawnFilters(modelOf([convolution('a', [2, 3, 3, 3], [2, 4, 4])], NaN).model);
  expect(Pictures.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
});

test.each([
  ['without a convolution', []],
  ['with filters that no file has', [convolution('a', [2 ** 30, 3, 2 ** 20, 7], [1, 1, 1])]],
  ['with a value that no reader admits', [convolution('a', [64, 3, 7, 7], [64, 2 ** 31, 2 ** 31])]],
  ['with an empty value', [convolution('a', [64, 3, 7, 7], [0, 8, 8])]],
])('of a model %s nothing is asked for', async (_, nodes) => {
  const { model, asked } = modelOf(nodes, 0);
  const refused = expect.objectContaining({ message: 'models/any.onnx: has no convolution that can be drawn' });
  await expect(drawnFilters(model)).rejects.toEqual(refused);
  await expect(drawnActivations(model, 'last', IMAGE, NORMALISATION)).rejects.toEqual(refused);
  for (const ask of asked) expect(ask).not.toHaveBeenCalled();
});
