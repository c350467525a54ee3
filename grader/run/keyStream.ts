import { createCipheriv, createHash } from 'node:crypto';
import type { KeyStream } from '../model/examination.ts';

const ZEROS = new Uint8Array(64 * 1024);

/**
 * Fills an array with the numbers of a key stream: the key stream of a cipher, whose numbers reveal nothing about the
 * ones that follow, or about another stream. The state of an ordinary generator can be computed from its output.
 *
 * @param target - its bytes
 */
export function fillWithKeyStream(target: Uint8Array, { name, numbers, below }: KeyStream): void {
  const digest = createHash('sha256').update(name).digest();
  const cipher = createCipheriv('aes-128-ctr', digest.subarray(0, 16), digest.subarray(16));
  for (let at = 0; at < target.length; at += ZEROS.length)
    target.set(cipher.update(ZEROS.subarray(0, Math.min(ZEROS.length, target.length - at))), at);
  if (numbers === 'real') stretch(target);
  else if (below !== undefined) for (let i = 0; i < target.length; i++) target[i] = (target[i] * below) >> 8;
}

/** Random bits as numbers in ±1: with the exponent of [1, 2) in place, they only need to be stretched. */
function stretch({ buffer, byteOffset, length }: Uint8Array): void {
  const words = new Uint32Array(buffer, byteOffset, length / 4);
  const values = new Float64Array(buffer, byteOffset, length / 8);
  // On every machine that Node runs on, the upper half of a number is the second word.
  for (let i = 1; i < words.length; i += 2) words[i] = (words[i] & 0x000fffff) | 0x3ff00000;
  for (let i = 0; i < values.length; i++) values[i] = 2 * values[i] - 3;
}

/** Indices of elements of an array of this length, as unpredictable as a key stream's numbers. */
export function indicesFrom(name: string, count: number, length: number): Uint32Array {
  const indices = new Uint32Array(count);
  fillWithKeyStream(new Uint8Array(indices.buffer), { name, numbers: 'bytes' });
  return indices.map((word) => Math.floor((word / 2 ** 32) * length));
}
