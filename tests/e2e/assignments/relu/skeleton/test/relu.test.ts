import { expect, test } from '@jest/globals';
import { tensor } from '@im2grade/tensor';
import { reluBackward, reluForward } from '../src/relu.ts';

const a = tensor([3], [-1, 0, 2]);

test('reluForward', () => {
  expect([...reluForward(a).data]).toEqual([0, 0, 2]);
});

test('reluBackward', () => {
  expect([...reluBackward(a, tensor([3], [5, 6, 7])).data]).toEqual([0, 0, 7]);
});
