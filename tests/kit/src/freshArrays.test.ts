import { afterAll, expect, test } from '@jest/globals';
import { freshArrays, withRandomInputs } from './freshArrays.ts';

const CALLS = 6;

afterAll(() => {
  delete (globalThis as { examination?: unknown }).examination;
});

/** The seeds of some calls with two arrays each. */
function seedsOf(seed: number): string[] {
  Object.assign(globalThis, { examination: { seed } });
  return Array.from({ length: CALLS }, (_, repetition) => freshArrays('work', repetition)).flatMap((fresh) => {
    const inputs = [fresh.real(3), fresh.bytes(3)];
    const { randomInputs } = withRandomInputs({ name: 'f', options: {}, inputs, outputs: [] });
    return Object.values(randomInputs!).map(({ seed }) => seed);
  });
}

test('no two arrays have the same seed, in one call or in two', () => {
  expect(new Set(seedsOf(1)).size).toBe(2 * CALLS);
});

test('the same seed gives the same arrays, and another seed others', () => {
  expect(seedsOf(1)).toEqual(seedsOf(1));
  expect(seedsOf(1).filter((one) => seedsOf(2).includes(one))).toEqual([]);
});

test('arrays that are not fresh are sent as they are', () => {
  const fresh = freshArrays('work', 0);
  const inputs = [Float64Array.of(1), fresh.integers(2, 10)];
  const { randomInputs } = withRandomInputs({ name: 'f', options: {}, inputs, outputs: [] });
  expect(randomInputs).toEqual({ 1: { seed: expect.stringContaining('work 0'), values: 'bytes', below: 10 } });
});
