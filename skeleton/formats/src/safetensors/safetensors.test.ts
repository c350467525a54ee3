import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeSafetensors } from './safetensors.ts';

/** A file of one header and as many bytes. */
function fileOf(header: unknown, body: Uint8Array = new Uint8Array()): Uint8Array {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return new Uint8Array(Buffer.concat([length, json, body]));
}

const entry = (dtype: string, shape: readonly number[], begin: number, end: number) => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

test('reads half precision and integers, as PyTorch saves batch norm', () => {
  const header = { half: entry('F16', [2], 0, 4), count: entry('I64', [], 4, 12), brain: entry('BF16', [1], 12, 14) };
  const { tensors } = decodeSafetensors(
    fileOf(header, Uint8Array.of(0, 0x3c, 0, 0xc0, 9, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3f)),
  );
  expect(tensors).toEqual({
    half: { shape: [2], data: Float32Array.of(1, -2) },
    count: { shape: [], data: Float64Array.of(9) },
    brain: { shape: [1], data: Float32Array.of(1) },
  });
});

test.each([
  ['a header of 2^63 bytes', () => Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0x80, 0x7b, 0x7d), 'the header is cut off'],
  ['a header that is no object', () => fileOf([1]), 'the header cannot be read'],
  ['a type that is not known', () => fileOf({ w: entry('F8_E5M2', [1], 0, 1) }, new Uint8Array(1)), 'w: dtype'],
  ['a name of several lines', () => fileOf({ 'a\nb': entry('F32', [1], 4, 8) }, new Uint8Array(4)), 'a?b: cut off'],
  ['a negative size', () => fileOf({ w: entry('F32', [-1], 0, 4) }, new Uint8Array(4)), 'w: shape'],
  [
    'a tensor that ends before it begins',
    () => fileOf({ w: entry('F32', [1], 4, 0) }, new Uint8Array(4)),
    'w: -4 bytes',
  ],
  [
    'too few bytes',
    () => fileOf({ w: entry('F32', [2], 0, 4) }, new Uint8Array(4)),
    'w: 4 bytes for the shape [2] in F32',
  ],
  ['a tensor behind the end', () => fileOf({ w: entry('F32', [1], 4, 8) }, new Uint8Array(4)), 'w: cut off'],
  [
    'a hundred thousand tensors',
    () => fileOf(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`t${i}`, 0]))),
    'more than 10000',
  ],
])('refuses %s', (_, bytes, message) => {
  expect(() => decodeSafetensors(bytes())).toThrow(message);
});

test('changed anywhere, a file is read or refused in one line', () => {
  const good = fileOf({ __metadata__: { a: 'b' }, w: entry('F32', [2], 0, 8) }, new Uint8Array(8));
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => {
      try {
        decodeSafetensors(good.with(at, byte));
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        expect((error as Error).message).not.toMatch(/\n/);
      }
    }),
  );
});
