import type fc from 'fast-check';
import type { Call, Values } from '@im2grade/grader/model/examination.ts';
import { assertProperty } from './assertProperty.ts';
import { criterion } from './criterion.ts';
import { isFatal, isSubmissionFault, type Subject } from './Subject.ts';
import { CriterionFailure } from './verdicts.ts';

/** Sums of a few thousand terms in another order differ by less, single precision in a double result by more. */
const TOLERANCE = { Float64Array: 1e-11, Float32Array: 1e-4, Int32Array: 0, Uint8Array: 0 } as const;

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

async function expectReference(submission: Subject, reference: Subject, call: Call, value: unknown): Promise<void> {
  const fail = (what: string): never => {
    throw new CriterionFailure(`${call.name}${textOf(value)}: ${what}`);
  };
  const got = await submission.call({ ...call, returnInputs: true }).catch((error: unknown) => {
    // It can go on: then a smaller case may show the same.
    const canGoOn = isSubmissionFault(error) && !isFatal(error);
    if (!canGoOn) throw error;
    return fail((error as Error).message);
  });
  // One thread is enough to know what is right.
  const expected = await reference.call({
    name: call.name,
    options: call.options,
    inputs: call.inputs,
    outputs: call.outputs,
  });
  for (const [at, values] of expected.outputs.entries()) {
    const wrong = firstDifference(got.outputs[at], values);
    if (wrong >= 0) fail(`output ${at} is ${got.outputs[at][wrong]} at ${wrong}, and should be ${values[wrong]}`);
  }
  for (const [at, before] of call.inputs.entries()) {
    const wrong = before.findIndex((each, i) => each !== got.inputs[at][i]);
    if (wrong >= 0) fail(`input ${at} has changed at ${wrong}`);
  }
}

/** `(B 1, InY 3, InX 4)` */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return ` (${String(value)})`;
  return ` (${Object.entries(value)
    .filter(([, each]) => typeof each !== 'object')
    .map(([name, each]) => `${name} ${each}`)
    .join(', ')})`;
}

/** NaN differs from everything; the tolerance is relative to the largest value. */
function firstDifference(got: Values, expected: Values): number {
  let scale = 1;
  for (const value of expected) scale = Math.max(scale, Math.abs(value));
  const tolerance = TOLERANCE[expected[Symbol.toStringTag]] * scale;
  return expected.findIndex((value, i) => !(Math.abs(value - got[i]) <= tolerance));
}
