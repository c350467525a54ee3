import { describe, expect, test } from '@jest/globals';
import { fillRandom, randomIndices } from './fillRandom.ts';

const LENGTH = 1000;

function real(seed: string): Float64Array {
  const values = new Float64Array(LENGTH);
  fillRandom(new Uint8Array(values.buffer), { seed, values: 'real' });
  return values;
}

/** Every run of three numbers, as text. */
const stretches = (values: ArrayLike<number>): string[] =>
  Array.from({ length: values.length - 2 }, (_, i) => `${values[i]} ${values[i + 1]} ${values[i + 2]}`);

describe('random numbers', () => {
  test('of another seed share no run of numbers', () => {
    const all = ['1 work 0 0', '1 work 0 1', '1 work 1 0', '2 work 0 0'].map(real).flatMap(stretches);
    expect(new Set(all).size).toBe(all.length);
  });

  test('are the same for the same seed', () => {
    expect(real('a')).toEqual(real('a'));
  });

  test('are spread evenly in ±1', () => {
    const values = [...real('a')];
    expect(values.every((value) => value >= -1 && value < 1)).toBe(true);
    for (const low of [-1, -0.5, 0, 0.5])
      expect(values.filter((value) => value >= low && value < low + 0.5).length / LENGTH).toBeCloseTo(0.25, 1);
  });

  test('of bytes stay below their bound', () => {
    const digits = new Uint8Array(LENGTH);
    fillRandom(digits, { seed: 'digits', values: 'bytes', below: 10 });
    expect([...new Set(digits)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('do not repeat', () => {
    const long = new Uint8Array(200_000);
    fillRandom(long, { seed: 'long', values: 'bytes' });
    const quarters = [0, 1, 2, 3].map((i) =>
      Buffer.from(long.subarray(50_000 * i, 50_000 * (i + 1))).toString('base64'),
    );
    expect(new Set(quarters).size).toBe(4);
  });
});

test('indices are within the array and reach all of it', () => {
  const indices = randomIndices('some', 4096, 100);
  expect(new Set(indices).size).toBe(100);
  expect(Math.max(...indices)).toBe(99);
});
