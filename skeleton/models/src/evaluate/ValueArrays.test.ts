import { expect, test } from '@jest/globals';
import { ValueArrays } from './ValueArrays.ts';

test('an array that is no longer needed is used again, one that is needed is not', () => {
  const arrays = new ValueArrays();
  const [first, second] = [arrays.take(10), arrays.take(20)];
  arrays.keep(new Set([second]));
  const third = arrays.take(7);
  expect(third).toHaveLength(7);
  expect(third.buffer).toBe(first.buffer);
  expect(arrays.take(20).buffer).not.toBe(second.buffer);
});

test('the smallest array that is large enough is taken', () => {
  const arrays = new ValueArrays();
  const [large, small, smallest] = [arrays.take(60), arrays.take(20), arrays.take(5)];
  arrays.keep(new Set());
  expect(arrays.take(20).buffer).toBe(small.buffer);
  expect(arrays.take(9).buffer).toBe(large.buffer);
  expect(arrays.take(1).buffer).toBe(smallest.buffer);
});

test('sizes that grow do not pile up arrays', () => {
  const arrays = new ValueArrays();
  const buffers = new Set<ArrayBufferLike>();
  for (let length = 1; length <= 1000; length++) {
    const value = arrays.take(length);
    buffers.add(value.buffer);
    arrays.keep(new Set([value]));
  }
  expect([...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(4 * 4 * 1024);
});
