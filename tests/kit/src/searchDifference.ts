import type fc from 'fast-check';
import type { Call } from '@im2grade/grader/model/examination.ts';
import { assertProperty } from './assertProperty.ts';
import { criterion } from './criterion.ts';
import { expectReference } from './expectReference.ts';

/**
 * Declares the search of an assignment, for `grade prove --mutate`: random calls on which a mutant that no suite kills
 * may differ from the reference. The cases should go further than those of the suites: larger batches, more channels,
 * longer sides, more threads.
 *
 * @param callsOf - the calls of a case, one after another; the same case gives the same calls. Several of them show what
 *   a function keeps: the same inputs with other weights, and the other way round
 *
 * @example
 * ```ts
 * searchDifference(fc.integer({ min: 1, max: 300 }), (n, seed) => [
 *   { name: 'relu', options: {}, inputs: [randomData(seed, n).real(n)], outputs: [{ dtype: 'float64', length: n }] },
 * ]);
 * ```
 */
export function searchDifference<T>(cases: fc.Arbitrary<T>, callsOf: (value: T, seed: number) => Call[]): void {
  criterion(
    'search.difference',
    ({ submission, reference, criterion: { settings }, seed }) =>
      assertProperty(
        seed,
        cases,
        async (value) => {
          for (const call of callsOf(value, seed)) await expectReference(submission, reference, call, value);
        },
        settings['cases'],
      ),
    { settings: ['cases'] },
  );
}
