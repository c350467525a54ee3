import { expect, test } from '@jest/globals';
import { namedWeights } from './namedWeights.ts';

const manifestOf = (...paths: readonly string[]) => Buffer.from(JSON.stringify({ weightsManifest: [{ paths }] }));
const names = (...paths: readonly string[]) => namedWeights(manifestOf(...paths)).names;

test('files beside the manifest are taken under the names that it gives them, each once', () => {
  expect(names('./my-model.weights.bin', 'group1-shard5of5.bin', 'my-model.weights.bin', 'été (1).bin')).toEqual([
    'my-model.weights.bin',
    'group1-shard5of5.bin',
    'été (1).bin',
  ]);
  const groups = { weightsManifest: [{ paths: ['a.bin'] }, { paths: ['b.bin'] }] };
  expect(namedWeights(Buffer.from(JSON.stringify(groups))).names).toEqual(['a.bin', 'b.bin']);
});

test.each([
  ...['../weights.bin', '/etc/weights.bin', 'a/weights.bin', 'a\\weights.bin', 'C:weights.bin', '././weights.bin'],
  ...['..', '.bin', '.hidden.bin', 'weights.ts', '../../answers.yaml', 'https://example.org/weights.bin'],
  ...['a\nb.bin', 'a\u202eb.bin', 'a\0.bin', `${'x'.repeat(200)}.bin`, ''],
])('%j is not taken, and one line says why', (path) => {
  const { names: taken, refused } = namedWeights(manifestOf(path));
  expect(taken).toEqual([]);
  expect(refused).toEqual([expect.stringMatching(/^names "\P{C}{0,81}", which is not taken: weights are beside it/u)]);
});

test('of a thousand names 64 are taken, and few lines are written', () => {
  const many = Array.from({ length: 1000 }, (_, i) => `shard${i}.bin`);
  const { names: taken, refused } = namedWeights(manifestOf(...many, ...many.map((name) => `../${name}`)));
  expect(taken).toEqual(many.slice(0, 64));
  expect(refused).toHaveLength(6);
  expect(refused.at(-1)).toBe('names 1000 files of weights, and 64 are taken; save the model in fewer files');
});

test.each([
  ['no JSON', Buffer.from('PK')],
  ['not UTF-8', Buffer.of(0xff)],
  ['nested a million times', Buffer.from('['.repeat(1e6))],
  ['too long', Buffer.concat([manifestOf('a.bin'), Buffer.alloc(4_000_000, ' ')])],
  ['another document', Buffer.from('{"weightsManifest":{"paths":"a.bin"}}')],
])('a manifest that is %s names nothing', (_, bytes) =>
  expect(namedWeights(bytes)).toEqual({ names: [], refused: [] }),
);
