import type { Call, Values } from '@im2grade/grader/model/examination.ts';
import { isFatal, isSubmissionFault, type Subject } from './Subject.ts';
import { CriterionFailure } from './verdicts.ts';

/** Sums of a few thousand terms in another order differ by less, single precision in a double result by more. */
const TOLERANCE = { Float64Array: 1e-11, Float32Array: 1e-4, Int32Array: 0, Uint8Array: 0 } as const;

type Called = Pick<Subject, 'call'>;

/**
 * Makes a call of a submission, and compares its results with the reference's. The submission must leave its inputs as
 * they are.
 *
 * @param value - the case from which the call was made; named in the message
 * @throws CriterionFailure with the first difference; the submission's own fault if its process has ended
 *
 * @example
 * ```ts
 * await expectReference(submission, reference, calls.relu(x), { N: 2, D: 3 });
 * ```
 */
export async function expectReference(
  submission: Called,
  reference: Called,
  call: Call,
  value: unknown,
): Promise<void> {
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
