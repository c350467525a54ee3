import { expect, test } from '@jest/globals';
import { type ElementType, elements } from './elements.ts';

test.each<[ElementType, readonly number[], readonly number[]]>([
  ['float64', [0, 0, 0, 0, 0, 0, 0xf0, 0x3f], [1]],
  ['float32', [0, 0, 0x80, 0xbf], [-1]],
  // One, the smallest number, the largest, infinity, −2, and NaN.
  ['float16', [0, 0x3c, 1, 0, 0xff, 0x7b, 0, 0x7c, 0, 0xc0, 1, 0x7c], [1, 2 ** -24, 65504, Infinity, -2, NaN]],
  ['bfloat16', [0x80, 0x3f, 0x49, 0x40], [1, 3.140625]],
  ['int64', [0xfe, 255, 255, 255, 255, 255, 255, 255], [-2]],
  ['int32', [1, 0, 0, 0x80], [-2147483647]],
  ['uint8', [7, 255], [7, 255]],
])('reads %s', (type, bytes, values) => {
  expect([...elements(type, Uint8Array.from(bytes))]).toEqual(values);
  expect(() => elements('float32', new Uint8Array(6))).toThrow('6 bytes are no whole number of float32');
});
