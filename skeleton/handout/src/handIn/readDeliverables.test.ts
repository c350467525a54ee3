import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
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
  [['models/two.onnx'], undefined],
])('of %j the model is read as %j', (handedIn, chosen) => expect(chosenModel('models/one', handedIn)).toEqual(chosen));
