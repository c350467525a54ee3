import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { loadCheckpoint, readCheckpoint, saveCheckpoint } from './checkpoint.ts';

const folder = mkdtempSync(join(tmpdir(), 'im2grade-checkpoint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const zeros = (shape: readonly number[]) => ({
  shape,
  data: new Float64Array(shape.reduce((product, size) => product * size, 1)),
});
const tensors = {
  'a.weights': { shape: [2, 3], data: Float64Array.of(1, -0, NaN, 4, 5, 1 / 3) },
  b: { shape: [2], data: Float32Array.of(7, 0.1) },
};

test('what was saved comes back, in double and in single precision', () => {
  const path = join(folder, 'new/deep/good.safetensors');
  saveCheckpoint(path, tensors, { model: 'tiny' });
  expect(readCheckpoint(path, 'a net')).toEqual({ tensors, metadata: { model: 'tiny' } });
  expect(readdirSync(dirname(path))).toEqual([basename(path)]);
  const into = { 'a.weights': zeros([2, 3]) };
  expect(loadCheckpoint(path, into, 'a net')).toEqual({ model: 'tiny' });
  expect(into['a.weights']).toEqual(tensors['a.weights']);
});

test('a checkpoint of something else is refused, and nothing of it is taken', () => {
  const path = join(folder, 'other.safetensors');
  saveCheckpoint(path, tensors);
  const into = { b: zeros([2]), 'a.weights': zeros([3, 2]) };
  expect(() => loadCheckpoint(path, into, 'a net')).toThrow(`${path}: a.weights is of shape [2, 3], not [3, 2]`);
  expect(into.b).toEqual(zeros([2]));
  expect(() => loadCheckpoint(path, { c: zeros([1]) }, 'a net')).toThrow('not a checkpoint of a net: c is missing');
});

test('cut off anywhere, a checkpoint is refused in one line', () => {
  const path = join(folder, 'cut.safetensors');
  saveCheckpoint(path, tensors);
  const bytes = readFileSync(path);
  for (let length = 0; length < bytes.length; length++) {
    writeFileSync(path, bytes.subarray(0, length));
    expect(() => readCheckpoint(path, 'a net')).toThrow(/cut\.safetensors: not a checkpoint of a net: [^\n]+$/);
  }
});

test('a small file that claims many large tensors is refused', () => {
  const path = join(folder, 'bomb.safetensors');
  const entry = { dtype: 'F32', shape: [1024], data_offsets: [0, 4096] };
  const header = JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`t${n}`, entry])));
  const bytes = new Uint8Array(8 + header.length + 4096);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(new TextEncoder().encode(header), 8);
  writeFileSync(path, bytes);
  expect(() => readCheckpoint(path, 'a net')).toThrow('its tensors overlap or are cut off');
});
