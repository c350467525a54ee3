import { tensor } from '@im2grade/tensor';
import { type Call, expectInputsUntouched, expectResultsKept, randomData } from '@im2grade/kit';
import { calls, type Form } from '../calls.ts';
import type { Context } from './expectZ.ts';
import { OTHER_SHAPES } from './layerLaws.ts';

/** Calls every function of one form, and checks its inputs and its result afterwards. */
export async function inputsUntouched({ submission, seed }: Context, form: Form): Promise<void> {
  const real = (name: string, ...shape: number[]) =>
    tensor(shape, randomData(seed, name).real(shape.reduce((a, b) => a * b, 1)));
  const [x, matrix, weight] = [real('x', 2, 2, 6, 5), real('matrix', 3, 4), real('weight', 3, 2, 3, 3)];
  // A kernel of one pixel, one channel, windows that are whole images: results have the numbers of an input, or as many.
  const [small, pixel, row] = [real('small', 1, 1, 2, 2), real('pixel', 1, 1, 1, 1), real('row', 1, 1)];
  const ofVector = [
    calls.im2col(x, 3),
    calls.im2col(small, 1),
    calls.convWeight2rows(weight),
    calls.convWeight2rows(pixel),
  ];
  const all: Call[] = [
    calls.conv2d(form, x, weight, real('bias', 3)),
    calls.conv2d(form, small, pixel, real('one bias', 1)),
    calls.pool2d(form, x),
    calls.pool2d(form, small),
    calls.relu(form, matrix),
    calls.relu(form, x),
    ...OTHER_SHAPES.map((shape) => calls.relu(form, real('any', ...shape))),
    calls.reshape(form, x),
    calls.reshape(form, small),
    calls.fcLayer(form, matrix, real('fc', 2, 4), real('fc bias', 2)),
    calls.fcLayer(form, row, row, real('one bias', 1)),
    ...(form === 'vector' ? ofVector : []),
  ];
  await expectInputsUntouched(submission, all);
  await expectResultsKept(submission, all);
}
