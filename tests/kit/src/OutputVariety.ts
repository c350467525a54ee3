import type { Values } from '@im2grade/grader/model/examination.ts';

/**
 * Whether the real numbers that a function has returned differ at all. A function that leaves its outputs alone, or
 * fills them with one number, agrees with every law that compares it only with itself: it is linear, it treats all images
 * alike, it does not change its inputs.
 */
export class OutputVariety {
  #first: number | undefined;
  #differs = false;

  /** True if there were numbers, and all of them were the same. */
  get isConstant(): boolean {
    return this.#first !== undefined && !this.#differs;
  }

  see(outputs: readonly Values[]): void {
    for (const output of outputs) {
      if (this.#differs) return;
      if (isReal(output)) this.#compare(output);
    }
  }

  forget(): void {
    this.#first = undefined;
    this.#differs = false;
  }

  #compare(output: Values): void {
    for (const value of output) {
      this.#first ??= value;
      // NaN is the same number as NaN, and −0 is another one than 0 only to Object.is.
      if (!Object.is(value + 0, this.#first + 0)) {
        this.#differs = true;
        return;
      }
    }
  }
}

const isReal = (values: Values): boolean => ['Float64Array', 'Float32Array'].includes(values[Symbol.toStringTag]);
