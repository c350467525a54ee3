import { createCipheriv, createHash } from 'node:crypto';
import { examination } from './examination.ts';

/** Makes the arrays of one timed call. */
export interface FreshArrays {
  /** Uniform in ±1. */
  real(length: number): Float64Array;
  /** Uniform in 0 … 255. */
  bytes(length: number): Uint8Array;
  /** Uniform in 0 … n − 1, for n up to 256. */
  integers(length: number, n: number): Uint8Array;
}

/**
 * Arrays that share nothing with each other or with those of any other call: each is the key stream of a cipher whose
 * key follows from the seed, the operation, the repetition and the array's place in the call.
 *
 * All the arrays so far reveal nothing about the next one. The state of an ordinary generator can be computed from its
 * output, and the next inputs with it; slices of a pool may repeat.
 *
 * @example
 * ```ts
 * const fresh = freshArrays('Im2Mat', 0);
 * const [image, labels] = [fresh.real(64), fresh.integers(8, 10)];
 * ```
 */
export function freshArrays(operation: string, repetition: number): FreshArrays {
  const { seed } = examination();
  let array = 0;
  const bytes = (length: number): Uint8Array => keyStream(`${seed} ${operation} ${repetition} ${array++}`, length);
  return {
    real: (length) => uniform(bytes(8 * length)),
    bytes,
    integers: (length, n) => bytes(length).map((byte) => Math.floor((byte * n) / 256)),
  };
}

function keyStream(name: string, length: number): Uint8Array {
  const digest = createHash('sha256').update(name).digest();
  const cipher = createCipheriv('aes-128-ctr', digest.subarray(0, 16), digest.subarray(16));
  const stream = new Uint8Array(length);
  stream.set(cipher.update(new Uint8Array(length)));
  return stream;
}

/** Random bits as numbers: with the exponent of [1, 2) in place, they only need to be stretched to ±1. */
function uniform(bytes: Uint8Array): Float64Array {
  const words = new Uint32Array(bytes.buffer);
  const values = new Float64Array(bytes.buffer);
  // On every machine that Node runs on, the upper half of a number is the second word.
  for (let i = 1; i < words.length; i += 2) words[i] = (words[i] & 0x000fffff) | 0x3ff00000;
  for (let i = 0; i < values.length; i++) values[i] = 2 * values[i] - 3;
  return values;
}
