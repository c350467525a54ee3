import { type Real, type RealConstructor, realView } from './Real.ts';

// Captured at load: code that runs in the same realm may change them later.
const { ceil, max } = Math;
const { apply } = Reflect;
const { fill } = Uint8Array.prototype;
const Bytes = Uint8Array;

/** A cache line: arrays of different members never share one. */
const ALIGNMENT = 64;

/** The byte at which the heap begins if the first `bytes` of the memory are used otherwise. */
export const heapBegin = (bytes: number): number => ceil(bytes / ALIGNMENT) * ALIGNMENT;

/**
 * A symmetric heap as in OpenSHMEM: each member of a team has its own heap object over the same bytes, and since all run
 * the same code, the same allocation is the same array for all of them.
 *
 * Arrays are zeroed. Single arrays are never freed; `reset` frees all.
 */
export class SymmetricHeap {
  readonly #buffer: ArrayBufferLike;
  #next = 0;
  /** All bytes from this one on are zero. */
  #used = 0;

  constructor(buffer: ArrayBufferLike) {
    this.#buffer = buffer;
  }

  /** The byte at which the next array will begin. */
  get next(): number {
    return this.#next;
  }

  /**
   * Frees all arrays; the next one begins after the first `bytes`, which are used otherwise.
   *
   * @param clears - zeroes what was used. One member does this, before the others begin.
   */
  reset(bytes: number, clears: boolean): void {
    this.#next = heapBegin(bytes);
    if (clears && this.#used > this.#next)
      apply(fill, new Bytes(this.#buffer, this.#next, this.#used - this.#next), [0]);
    this.#used = this.#next;
  }

  /**
   * The next array; an ordinary one if the memory is full and the array need not be shared.
   *
   * @throws RangeError when the memory is full and the array must be shared
   */
  allocate(real: RealConstructor, length: number, teamSize: number): Real {
    const begin = this.#next;
    const end = begin + ceil((length * real.BYTES_PER_ELEMENT) / ALIGNMENT) * ALIGNMENT;
    if (!(end <= this.#buffer.byteLength)) {
      if (teamSize === 1) return new real(length);
      throw new RangeError(`an array of ${length} numbers does not fit the memory that the team shares`);
    }
    this.#next = end;
    this.#used = max(this.#used, end);
    return realView(real, this.#buffer, begin, length);
  }
}
