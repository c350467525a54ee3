import { createHash } from 'node:crypto';
import type { Call, RandomInput, Values } from '@im2grade/grader/model/examination.ts';
import { examination } from './examination.ts';

/** Makes the arrays of one timed call. */
export interface FreshArrays {
  /** Uniform in ±1. */
  real(length: number): Float64Array;
  /** Uniform in 0 … 255. */
  bytes(length: number): Uint8Array;
  /** Uniform in 0 … n − 1, for n up to 256. */
  integers(length: number, n: number): Uint8Array;
  /** For a generator whose numbers are needed here. */
  seed(): number;
}

const randomInputs = new WeakMap<Values, RandomInput>();

/**
 * Arrays that share nothing with each other or with those of any other call: each has a seed of its own, which
 * follows from the examination's, the operation, the repetition and the array's place in the call. All the arrays so far
 * reveal nothing about the next one; slices of a pool would repeat.
 *
 * Only their lengths are known here: each process makes the numbers for itself just before the call, because sending
 * them would take longer than the call (`withRandomInputs`).
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
  const nextSeed = (): string => `${seed} ${operation} ${repetition} ${array++}`;
  const placeholder = <T extends Values>(values: T, numbers: Omit<RandomInput, 'seed'>): T => {
    randomInputs.set(values, { seed: nextSeed(), ...numbers });
    return values;
  };
  return {
    real: (length) => placeholder(new Float64Array(length), { values: 'real' }),
    bytes: (length) => placeholder(new Uint8Array(length), { values: 'bytes' }),
    integers: (length, n) => placeholder(new Uint8Array(length), { values: 'bytes', below: n }),
    seed: () => createHash('sha256').update(nextSeed()).digest().readUInt32LE(),
  };
}

/** The call with its fresh arrays described as random inputs. */
export function withRandomInputs(call: Call): Call {
  const own = call.inputs.flatMap((input, i) => {
    const described = randomInputs.get(input);
    return described ? [[i, described] as const] : [];
  });
  return { ...call, randomInputs: Object.fromEntries(own) };
}
