import { createHash } from 'node:crypto';
import type { RandomInput } from '../model/examination.ts';

/**
 * Fills an array with the numbers of a small fast generator (sfc32, C. Doty-Humphrey, PractRand), whose state is the
 * SHA-256 of the seed: arrays with other seeds say nothing about this one. It needs no memory of its own, which would have
 * to be mapped and cleared for each call and takes longer than the numbers.
 *
 * @param target - its bytes
 */
export function fillRandom(target: Uint8Array, { seed, values, below = 256 }: RandomInput): void {
  const next = generator(seed);
  if (values === 'real') {
    const reals = new Float64Array(target.buffer, target.byteOffset, target.length / 8);
    for (let i = 0; i < reals.length; i++) reals[i] = next() * 2 ** -31;
  } else {
    // The upper byte of a word, scaled.
    for (let i = 0; i < target.length; i++) target[i] = ((next() >>> 24) * below) >> 8;
  }
}

/** Indices of elements of an array of this length. */
export function randomIndices(seed: string, count: number, length: number): Uint32Array {
  const next = generator(seed);
  return Uint32Array.from({ length: count }, () => Math.floor(((next() >>> 0) / 2 ** 32) * length));
}

/** @returns a function that gives the next signed word of 32 bits */
function generator(seed: string): () => number {
  const digest = createHash('sha256').update(seed).digest();
  let [a, b, c, counter] = [0, 4, 8, 12].map((at) => digest.readInt32LE(at));
  return () => {
    const word = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    return word;
  };
}
