import { sizeOf, tensor } from '@im2grade/tensor';
import {
  type Call,
  type CriterionContext,
  CriterionFailure,
  type Examinee,
  expectUntouched,
  isSubmissionFault,
  payload,
} from '@im2grade/kit';
import { calls } from './calls.ts';

type Context = Pick<CriterionContext, 'submission' | 'seed'>;

const tensorsBy =
  (seed: number) =>
  (name: string, ...shape: number[]) =>
    tensor(shape, payload(seed, name).real(sizeOf(shape)));

export function fullyConnectedUntouched({ submission, seed }: Context): Promise<void> {
  const real = tensorsBy(seed);
  const [x, weights, bias] = [real('x', 3, 4), real('weights', 2, 4), real('bias', 2)];
  return inputsUntouched(submission, [
    calls.fullyConnectedUp(x, weights, bias),
    calls.fullyConnectedDown({ above: real('above', 3, 2), x, weights, bias }),
  ]);
}

export function convolutionUntouched({ submission, seed }: Context): Promise<void> {
  const real = tensorsBy(seed);
  const [x, weights, bias] = [real('x', 2, 2, 5, 6), real('weights', 3, 2, 3, 3), real('bias', 3)];
  return inputsUntouched(submission, [
    calls.convMethod2Up(x, weights, bias, 1),
    calls.convMethod2Down({ above: real('above', 2, 3, 5, 6), x, weights, bias }, 1),
  ]);
}

/** Makes every call and looks at its inputs afterwards. */
async function inputsUntouched(submission: Examinee, all: readonly Call[]): Promise<void> {
  const faults: { readonly kind?: string; readonly message: string }[] = [];
  for (const call of all) {
    try {
      await expectInputsUntouched(submission, call);
    } catch (error) {
      // What a function does wrong besides costs its own criterion.
      if (!isSubmissionFault(error)) throw error;
      faults.push(error);
    }
  }
  if (faults.length === all.length) throw faults[0];
  const missing = faults.find(({ kind }) => kind === 'not-implemented');
  if (missing) throw new CriterionFailure(`examined when both are written: ${missing.message}`);
}

async function expectInputsUntouched(submission: Examinee, call: Call): Promise<void> {
  const { inputs } = await submission.call({ ...call, returnInputs: true });
  const { inputs: shapes } = call.options as { inputs: number[][] };
  call.inputs.forEach((before, i) =>
    expectUntouched({
      name: `input ${i + 1} of ${call.name}`,
      axes: shapes[i].map((size, axis) => ({ name: `axis ${axis}`, size })),
      geometry: {},
      before: before as Float64Array,
      after: inputs[i] as Float64Array,
    }),
  );
}
