import type { Call, Values } from '@im2grade/grader/model/examination.ts';
import { amidOthers } from './amidOthers.ts';
import { expectEqual } from './expectEqual.ts';
import { type Subject, isSubmissionFault } from './Subject.ts';

/**
 * Compares every result with the same one after the function has been called on other tensors, several times. Other mistakes of a
 * function cost its own criterion.
 *
 * @throws CriterionFailure if a later call has changed a result
 *
 * @example
 * ```ts
 * const options = { inputs: [[2]], outputs: [[2]] };
 * const call: Call = { name: 'relu', options, inputs: [Float64Array.of(-1, 2)], outputs: [{ dtype: 'float64', length: 2 }] };
 * await expectResultsKept(submission, [call]);
 * ```
 */
export async function expectResultsKept(submission: Subject, all: readonly Call[]): Promise<void> {
  for (const call of all) {
    try {
      await expectKept(submission, call);
    } catch (error) {
      if (!isSubmissionFault(error)) throw error;
    }
  }
}

async function expectKept(submission: Subject, call: Call): Promise<void> {
  const { outputs } = await submission.call(call);
  const { outputs: later } = await submission.call(amidOthers(call, 'after'));
  const { outputs: shapes } = call.options as { outputs: (number[] | null)[] };
  outputs.forEach((expected, index) =>
    expectEqual({
      law: `a result of ${call.name} stays as it is when the function is called again`,
      name: `output ${index + 1} of ${call.name}`,
      axes: (shapes[index] ?? [0]).map((size, axis) => ({ name: `axis ${axis}`, size })),
      geometry: {},
      got: numbersIn(later[index]),
      expected: numbersIn(expected),
      inputs: [],
      explain: () => 'a later call returns the same array: make a new one for each result',
    }),
  );
}

/** NaN that stays NaN is no change. */
const numbersIn = (values: Values): Float64Array =>
  Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : value));
