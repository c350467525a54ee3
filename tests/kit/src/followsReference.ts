import type fc from 'fast-check';
import { assertDefinition } from './assertDefinition.ts';
import type { CriterionContext } from './examineOn.ts';
import { expectAsReference } from './expectAsReference.ts';
import type { NamedCall } from './namedCall.ts';
import type { RandomData } from './randomData.ts';

/** A function of arrays, and what it is examined on. */
export interface ExaminedFunction<T> {
  /** Sizes and other numbers; small ones are shown in reports. */
  readonly cases: fc.Arbitrary<T>;
  /** Larger than generated ones; not shrunk. */
  readonly large: readonly T[];
  call(sizes: T, data: RandomData): NamedCall;
}

/**
 * A function with its cases, so that the type of `call` follows from `cases`.
 *
 * @example
 * ```ts
 * const relu = examinedFunction({
 *   cases: fc.record({ n: fc.integer({ min: 1, max: 6 }) }),
 *   large: [{ n: 1000 }],
 *   call: ({ n }, data) => namedCall('relu', {}, { inputs: { x: { n } }, outputs: { y: { n } } }, data),
 * });
 * ```
 */
export const examinedFunction = <T>(one: ExaminedFunction<T>): ExaminedFunction<T> => one;

/**
 * The body of a criterion: a function does what the reference does, on ordinary numbers, on unusual ones, and on large
 * sizes.
 *
 * @param law - what it computes, for the report
 *
 * @example
 * ```ts
 * criterion('relu.definition', followsReference('y[i] = max(0, x[i])', relu), { seeded: true });
 * ```
 */
export const followsReference =
  <T>(law: string, { cases, large, call }: ExaminedFunction<T>) =>
  ({ submission, reference, seed }: CriterionContext): Promise<void> =>
    assertDefinition(seed, cases, large, (sizes, data) =>
      expectAsReference(submission, reference, call(sizes, data), `${law}${data.remark}`),
    );
