import { allocateReal } from '@im2grade/engine';

/**
 * The arrays of the values between the nodes. They come from the library's memory, where kernels compute in place, and are
 * used again as soon as nothing needs what they hold.
 */
export class ValueArrays {
  readonly #free: Float32Array[] = [];
  /** For each array in use the one that it is the beginning of. */
  readonly #used = new Map<Float32Array, Float32Array>();

  /** An array with any numbers in it: the operation that gets it writes all of it. */
  readonly take = (length: number): Float32Array => {
    // Of sizes that grow by little, one array serves many.
    const whole = this.#smallest(length) ?? (allocateReal(Float32Array, powerOfTwo(length)) as Float32Array);
    const array = whole.subarray(0, length);
    this.#used.set(array, whole);
    return array;
  };

  /** Gives back all arrays but these. */
  keep(needed: ReadonlySet<Float32Array>): void {
    for (const [array, whole] of this.#used) {
      if (needed.has(array)) continue;
      this.#used.delete(array);
      this.#free.push(whole);
    }
  }

  /** The smallest free array of at least this length. */
  #smallest(length: number): Float32Array | undefined {
    let best = -1;
    this.#free.forEach((array, i) => {
      if (array.length >= length && (best < 0 || array.length < this.#free[best].length)) best = i;
    });
    return best < 0 ? undefined : this.#free.splice(best, 1)[0];
  }
}

const powerOfTwo = (least: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, least)));
