import { type Real, type RealConstructor, realView } from './Real.ts';

// Taken at load: what runs beside a heap may change them later.
const { ceil, max } = Math;
const { apply } = Reflect;
const { fill } = Uint8Array.prototype;
const Bytes = Uint8Array;

/** A cache line: arrays of different members never share one. */
const ALIGNMENT = 64;

/**
 * Memory that all members of a team allocate from alike (the symmetric heap of OpenSHMEM): each has a heap of its own over
 * the same bytes, and since all run the same code, the same allocation is the same array for all of them.
 *
 * The bytes are zeros when they are handed out, and nothing is ever given back but all at once.
 */
export class SymmetricHeap {
  readonly #buffer: ArrayBufferLike;
  #next = 0;
  /** Behind this byte there are zeros. */
  #used = 0;

  constructor(buffer: ArrayBufferLike) {
    this.#buffer = buffer;
  }

  /** Where the next array will begin. */
  get next(): number {
    return this.#next;
  }

  /**
   * Begins anew behind the first `bytes`, which somebody else uses; whatever was handed out before belongs to nobody.
   *
   * @param clears - makes zeros of what was used. One member does this, before the others begin.
   */
  reset(bytes: number, clears: boolean): void {
    this.#next = ceil(bytes / ALIGNMENT) * ALIGNMENT;
    if (clears && this.#used > this.#next)
      apply(fill, new Bytes(this.#buffer, this.#next, this.#used - this.#next), [0]);
    this.#used = this.#next;
  }

  /**
   * The next array; an ordinary one where the memory is full and nobody has to share it.
   *
   * @throws RangeError when the memory is full and the array has to be shared
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
