import { describe, expect, test } from '@jest/globals';
import { fillWithKeyStream, indicesFrom } from './keyStream.ts';

const LENGTH = 1000;

function real(name: string): Float64Array {
  const values = new Float64Array(LENGTH);
  fillWithKeyStream(new Uint8Array(values.buffer), { name, numbers: 'real' });
  return values;
}

/** Every run of three numbers, as text. */
const stretches = (values: ArrayLike<number>): string[] =>
  Array.from({ length: values.length - 2 }, (_, i) => `${values[i]} ${values[i + 1]} ${values[i + 2]}`);

describe('a key stream', () => {
  test('of another name shares no run of numbers', () => {
    const all = ['1 work 0 0', '1 work 0 1', '1 work 1 0', '2 work 0 0'].map(real).flatMap(stretches);
    expect(new Set(all).size).toBe(all.length);
  });

  test('is the same for the same name', () => {
    expect(real('a')).toEqual(real('a'));
  });

  test('is spread evenly in ±1', () => {
    const values = [...real('a')];
    expect(values.every((value) => value >= -1 && value < 1)).toBe(true);
    for (const low of [-1, -0.5, 0, 0.5])
      expect(values.filter((value) => value >= low && value < low + 0.5).length / LENGTH).toBeCloseTo(0.25, 1);
  });

  test('of bytes stays below its bound', () => {
    const digits = new Uint8Array(LENGTH);
    fillWithKeyStream(digits, { name: 'digits', numbers: 'bytes', below: 10 });
    expect([...new Set(digits)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('goes on over the pieces in which it is made', () => {
    const long = new Uint8Array(200_000);
    fillWithKeyStream(long, { name: 'long', numbers: 'bytes' });
    const quarters = [0, 1, 2, 3].map((i) =>
      Buffer.from(long.subarray(50_000 * i, 50_000 * (i + 1))).toString('base64'),
    );
    expect(new Set(quarters).size).toBe(4);
  });
});

test('indices are within the array and reach all of it', () => {
  const indices = indicesFrom('some', 4096, 100);
  expect(new Set(indices).size).toBe(100);
  expect(Math.max(...indices)).toBe(99);
});
