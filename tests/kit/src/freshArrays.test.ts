import { expect, test } from '@jest/globals';
import { freshArrays } from './freshArrays.ts';

const CALLS = 6;
const LENGTH = 1000;

/** Every run of three numbers, as text. */
const stretches = (values: ArrayLike<number>): string[] =>
  Array.from({ length: values.length - 2 }, (_, i) => `${values[i]} ${values[i + 1]} ${values[i + 2]}`);

function arraysOf(seed: number): Float64Array[] {
  (globalThis as { examination?: unknown }).examination = { seed };
  return Array.from({ length: CALLS }, (_, repetition) => freshArrays('work', repetition)).flatMap((fresh) => [
    fresh.real(LENGTH),
    fresh.real(LENGTH),
  ]);
}

test('no two arrays share a run of numbers, in one call or in two', () => {
  const all = arraysOf(1).flatMap(stretches);
  expect(new Set(all).size).toBe(all.length);
});

test('the same seed gives the same arrays', () => {
  expect(arraysOf(1)).toEqual(arraysOf(1));
  expect(arraysOf(1)[0]).not.toEqual(arraysOf(2)[0]);
});

test('numbers are spread over their range', () => {
  const values = Array.from(arraysOf(1)[0]);
  expect(values.every((value) => value >= -1 && value < 1)).toBe(true);
  for (const [low, high] of [
    [-1, -0.5],
    [-0.5, 0],
    [0, 0.5],
    [0.5, 1],
  ])
    expect(values.filter((value) => value >= low && value < high).length / LENGTH).toBeCloseTo(0.25, 1);
  const digits = Array.from(freshArrays('digits', 0).integers(LENGTH, 10));
  expect([...new Set(digits)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
