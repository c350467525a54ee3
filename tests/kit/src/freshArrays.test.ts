import { afterAll, expect, test } from '@jest/globals';
import { freshArrays, withStreams } from './freshArrays.ts';

const CALLS = 6;

afterAll(() => {
  delete (globalThis as { examination?: unknown }).examination;
});

/** The names of the streams of some calls with two arrays each. */
function namesOf(seed: number): string[] {
  Object.assign(globalThis, { examination: { seed } });
  return Array.from({ length: CALLS }, (_, repetition) => freshArrays('work', repetition)).flatMap((fresh) => {
    const inputs = [fresh.real(3), fresh.bytes(3)];
    const { streams } = withStreams({ name: 'f', options: {}, inputs, outputs: [] });
    return Object.values(streams!).map(({ name }) => name);
  });
}

test('no two arrays are the same stream, in one call or in two', () => {
  expect(new Set(namesOf(1)).size).toBe(2 * CALLS);
});

test('the same seed gives the same streams, and another seed others', () => {
  expect(namesOf(1)).toEqual(namesOf(1));
  expect(namesOf(1).filter((name) => namesOf(2).includes(name))).toEqual([]);
});

test('arrays that are not fresh are sent as they are', () => {
  const fresh = freshArrays('work', 0);
  const inputs = [Float64Array.of(1), fresh.integers(2, 10)];
  const { streams } = withStreams({ name: 'f', options: {}, inputs, outputs: [] });
  expect(streams).toEqual({ 1: { name: expect.stringContaining('work 0'), numbers: 'bytes', below: 10 } });
});
