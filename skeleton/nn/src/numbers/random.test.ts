import { expect, test } from '@jest/globals';
import { createRandom } from './random.ts';

const draw = (seed: number) => {
  const random = createRandom(seed);
  return Array.from({ length: 1000 }, () => random.uniform(-2, 3));
};

test('the same seed draws the same numbers, inside the range', () => {
  expect(draw(9)).toEqual(draw(9));
  expect(draw(9)).not.toEqual(draw(10));
  expect(draw(9).every((value) => value >= -2 && value < 3)).toBe(true);
});

test('normal numbers have mean 0 and variance 1', () => {
  const random = createRandom(2);
  const values = Array.from({ length: 20_000 }, () => random.normal());
  const mean = values.reduce((a, b) => a + b) / values.length;
  const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.abs(variance - 1)).toBeLessThan(0.05);
});

test('a shuffle keeps every element', () => {
  const values = Int32Array.from({ length: 50 }, (_, i) => i);
  const shuffled = values.slice();
  createRandom(1).shuffle(shuffled);
  expect(shuffled).not.toEqual(values);
  expect(shuffled.slice().sort()).toEqual(values);
});
