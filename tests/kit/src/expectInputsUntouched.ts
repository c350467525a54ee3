import type { Call } from '@im2grade/grader/model/examination.ts';
import { expectUntouched } from './expectEqual.ts';
import { type Subject, isSubmissionFault } from './Subject.ts';
import { CriterionFailure } from './verdicts.ts';

/**
 * Makes every call and checks its inputs afterwards. Other mistakes of a function cost its own criterion.
 *
 * @throws CriterionFailure if an input was written to, or a function is not written yet
 * @throws SubmissionFault if none of them answers
 *
 * @example
 * ```ts
 * const options = { inputs: [[2]], outputs: [[2]] };
 * const call: Call = { name: 'relu', options, inputs: [Float64Array.of(-1, 2)], outputs: [{ dtype: 'float64', length: 2 }] };
 * await expectInputsUntouched(submission, [call]);
 * ```
 */
export async function expectInputsUntouched(submission: Subject, all: readonly Call[]): Promise<void> {
  const faults: { readonly kind?: string; readonly message: string }[] = [];
  for (const call of all) {
    try {
      await callUntouched(submission, call);
    } catch (error) {
      if (!isSubmissionFault(error)) throw error;
      faults.push(error);
    }
  }
  if (faults.length === all.length) throw faults[0];
  const missing = faults.find(({ kind }) => kind === 'not-implemented');
  if (missing) throw new CriterionFailure(`examined once all are written: ${missing.message}`);
}

async function callUntouched(submission: Subject, call: Call): Promise<void> {
  const { inputs } = await submission.call({ ...call, returnInputs: true });
  const { inputs: shapes } = call.options as { inputs: number[][] };
  inputs.forEach((after, index) =>
    expectUntouched({
      name: `input ${index + 1} of ${call.name}`,
      axes: shapes[index].map((size, axis) => ({ name: `axis ${axis}`, size })),
      geometry: {},
      call,
      index,
      after,
    }),
  );
}
