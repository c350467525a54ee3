import { tensor } from '@im2grade/tensor';
import { type Call, expectInputsUntouched, expectResultsKept, randomData } from '@im2grade/kit';
import { calls, type Form } from '../calls.ts';
import type { Context } from './expectZ.ts';

/** Calls every function of one form, and checks its inputs and its result afterwards. */
export async function inputsUntouched({ submission, seed }: Context, form: Form): Promise<void> {
  const real = (name: string, ...shape: number[]) =>
    tensor(shape, randomData(seed, name).real(shape.reduce((a, b) => a * b, 1)));
  const [x, matrix, weight] = [real('x', 2, 2, 6, 5), real('matrix', 3, 4), real('weight', 3, 2, 3, 3)];
  const ofVector = [calls.im2col(x, 3), calls.convWeight2rows(weight)];
  const all: Call[] = [
    calls.conv2d(form, x, weight, real('bias', 3)),
    calls.pool2d(form, x),
    calls.relu(form, matrix),
    calls.reshape(form, x),
    calls.fcLayer(form, matrix, real('fc', 2, 4), real('fc bias', 2)),
    ...(form === 'vector' ? ofVector : []),
  ];
  await expectInputsUntouched(submission, all);
  await expectResultsKept(submission, all);
}
