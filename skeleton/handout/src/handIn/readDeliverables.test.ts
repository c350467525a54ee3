import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Assignment } from '../assignment.ts';
import { chosenModel } from './modelFiles.ts';
import { readDeliverables } from './readDeliverables.ts';

const folder = mkdtempSync(join(tmpdir(), 'im2grade-deliverables-'));
mkdirSync(join(folder, 'models'));
afterAll(() => rmSync(folder, { recursive: true }));

const model = (path: string) => ({ path, exports: [], optional: false, binary: false, model: true });
const assignment: Assignment = {
  ...{ title: 'Nets', entry: 'src/entry.ts', packages: [] },
  deliverables: [model('models/one'), model('models/two')],
  limits: { fileBytes: 10, archiveBytes: 100 },
  rubric: [
    { group: 'Nets', criteria: [{ id: 'nets.two', kind: 'accuracy', visibility: 'hidden', examines: ['models/two'] }] },
  ],
};

test('a model that is missing costs its points, and the others can be handed in', () => {
  writeFileSync(join(folder, 'models/one.onnx'), 'weights');
  const { files, problems } = readDeliverables(assignment, folder);
  expect([...files.keys()]).toEqual(['models/one.onnx']);
  expect(problems).toEqual([
    {
      isFatal: false,
      message: 'models/two is missing (as models/two.onnx, for example); without it there are no points for nets.two',
    },
  ]);
});

test('a model that is too large is refused', () => {
  writeFileSync(join(folder, 'models/one.onnx'), 'weights of a large model');
  expect(readDeliverables(assignment, folder).problems[0]).toEqual({
    isFatal: true,
    message: 'models/one.onnx: 24 bytes; at most 10 are read',
  });
});

describe('of a model of TensorFlow.js', () => {
  const inFolder = (name: string) => join(folder, 'models/two', name);
  const save = (...paths: readonly string[]) =>
    writeFileSync(inFolder('model.json'), JSON.stringify({ weightsManifest: [{ paths }] }));
  const read = () => readDeliverables({ ...assignment, limits: { fileBytes: 100, archiveBytes: 1000 } }, folder);

  beforeEach(() => mkdirSync(join(folder, 'models/two')));
  afterEach(() => rmSync(join(folder, 'models/two'), { recursive: true }));

  test('the weights that it names are taken, and other files are named', () => {
    save('./my-model.weights.bin');
    for (const name of ['my-model.weights.bin', 'spare.bin']) writeFileSync(inFolder(name), 'weights');
    const { files, problems, notTaken } = read();
    expect([...files.keys()].slice(1)).toEqual(['models/two/model.json', 'models/two/my-model.weights.bin']);
    expect(problems).toEqual([]);
    expect(notTaken).toEqual(['models/two/spare.bin is not taken; no model.json names it']);
  });

  test('weights that are missing are named, and what would be taken for them', () => {
    save('my-model.weights.bin', '../one.onnx');
    writeFileSync(inFolder('my-model.weights (1).bin'), 'weights');
    const { files, problems, notTaken } = read();
    expect([...files.keys()].slice(1)).toEqual(['models/two/model.json']);
    expect(problems.map(({ message }) => message)).toEqual([
      'models/two/model.json names "../one.onnx", which is not taken: weights are beside it, under plain names that end in .bin',
      'models/two/my-model.weights.bin is missing; models/two/model.json names it',
    ]);
    expect(notTaken).toEqual([
      'models/two/my-model.weights (1).bin is not taken; it would be taken as models/two/my-model.weights.bin',
    ]);
  });

  test('links and too many bytes are refused', () => {
    save('a.bin', 'b.bin', 'c.bin');
    symlinkSync(join(folder, 'models/one.onnx'), inFolder('a.bin'));
    for (const name of ['b.bin', 'c.bin']) writeFileSync(inFolder(name), new Uint8Array(60));
    expect(read().problems).toEqual([
      { isFatal: true, message: 'models/two/a.bin: is a link; replace it by the file itself' },
      {
        isFatal: true,
        message: 'models/two/c.bin: the files of weights have more than 100 bytes together; make the model smaller',
      },
    ]);
  });
});

test.each([
  [
    ['models/one.onnx.data'],
    { refused: 'models/one.onnx.data: holds weights only; hand in the file of the model beside it' },
  ],
  [['models/one.onnx', 'models/one.pth'], { refused: 'models/one.onnx and models/one.pth: hand in one of them' }],
  [
    ['models/one/model.json', 'models/one/weights.bin', 'models/one.onnx.data'],
    { path: 'models/one/model.json', files: ['models/one/model.json', 'models/one/weights.bin'] },
  ],
  [
    ['models/one/my-model.weights.bin', 'models/one/model.json', 'models/two/weights.bin'],
    { path: 'models/one/model.json', files: ['models/one/model.json', 'models/one/my-model.weights.bin'] },
  ],
  [['models/two.onnx'], undefined],
])('of %j the model is read as %j', (handedIn, chosen) => expect(chosenModel('models/one', handedIn)).toEqual(chosen));
