import { brainFloat, halfPrecision } from './halfPrecision.ts';

/** The types of numbers that files of tensors hold. */
export type ElementType = keyof typeof READERS;

type Numbers = Float32Array | Float64Array;

/** Copied, so that they are aligned and free of the file; most machines and all formats here are little-endian. */
const copied = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

const READERS = {
  float64: { bytes: 8, read: (bytes: Uint8Array): Numbers => new Float64Array(copied(bytes)) },
  float32: { bytes: 4, read: (bytes: Uint8Array): Numbers => new Float32Array(copied(bytes)) },
  float16: { bytes: 2, read: (bytes: Uint8Array): Numbers => halfPrecision(bytes) },
  bfloat16: { bytes: 2, read: (bytes: Uint8Array): Numbers => brainFloat(bytes) },
  int64: {
    bytes: 8,
    read: (bytes: Uint8Array): Numbers => Float64Array.from(new BigInt64Array(copied(bytes)), Number),
  },
  int32: { bytes: 4, read: (bytes: Uint8Array): Numbers => Float64Array.from(new Int32Array(copied(bytes))) },
  uint8: { bytes: 1, read: (bytes: Uint8Array): Numbers => Float32Array.from(bytes) },
};

/** Bytes of one number. */
export const bytesOf = (type: ElementType): number => READERS[type].bytes;

/**
 * The numbers in little-endian bytes. Floating-point numbers of up to 32 bits become single precision, integers of more
 * than 8 bits double precision: all integers up to 2⁵³ stay exact.
 *
 * @throws RangeError if the bytes are not a whole number of elements
 *
 * @example
 * ```ts
 * elements('float32', Uint8Array.of(0, 0, 128, 63)); // Float32Array [1]
 * ```
 */
export function elements(type: ElementType, bytes: Uint8Array): Float32Array | Float64Array {
  const { bytes: each, read } = READERS[type];
  if (bytes.length % each !== 0) throw new RangeError(`${bytes.length} bytes are no whole number of ${type}`);
  return read(bytes);
}
