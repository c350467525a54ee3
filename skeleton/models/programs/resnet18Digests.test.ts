import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readTensors } from '../src/readModel.ts';
import { resnet18Digests } from './resnet18Digests.ts';

const SMALL = 'skeleton/models/golden/residual.pth';
const bytes = new Uint8Array(readFileSync(SMALL));

test('a residual network of another size is refused by the number of its parameters', () => {
  expect(() => resnet18Digests(SMALL, bytes)).toThrow(
    /^residual\.pth: has \d+ parameters; torchvision's ResNet18 has 11689512$/,
  );
});

test('each tensor has the digest of its numbers in single precision', () => {
  const { tensors } = readTensors('a.pth', new Map([['a.pth', bytes]]));
  const digests = resnet18Digests(SMALL, bytes, parametersOfSmall());
  expect(Object.keys(digests)).toEqual(Object.keys(tensors));
  const weights = Float32Array.from(tensors['conv1.weight'].data);
  expect(digests['conv1.weight']).toBe(createHash('sha256').update(weights).digest('hex'));
});

function parametersOfSmall(): number {
  try {
    resnet18Digests(SMALL, bytes);
  } catch (error) {
    return Number(/has (\d+) parameters/.exec((error as Error).message)?.[1]);
  }
  return 0;
}

test.each([
  ['a.pth', 'no file of PyTorch'],
  ['a.safetensors', 'no file of tensors either'],
  ['a.txt', 'a text'],
])('%s that is something else is refused in one line', (name, text) => {
  expect(() => resnet18Digests(name, Buffer.from(text))).toThrow(/^a\.\w+: [^\n]+$/);
});
