import { sizeOf, tensor } from '@im2grade/tensor';
import {
  type Call,
  type CriterionContext,
  expectInputsUntouched,
  expectResultsKept,
  randomData,
  type Subject,
} from '@im2grade/kit';
import { calls } from './calls.ts';

type Context = Pick<CriterionContext, 'submission' | 'seed'>;

const tensorsBy =
  (seed: number) =>
  (name: string, ...shape: number[]) =>
    tensor(shape, randomData(seed, name).real(sizeOf(shape)));

/** Neither the inputs change, nor the results of earlier calls. */
async function expectUntouched(submission: Subject, all: readonly Call[]): Promise<void> {
  await expectInputsUntouched(submission, all);
  await expectResultsKept(submission, all);
}

export async function fullyConnectedUntouched({ submission, seed }: Context): Promise<void> {
  const real = tensorsBy(seed);
  const [x, weights, bias] = [real('x', 3, 4), real('weights', 2, 4), real('bias', 2)];
  // One of everything: all tensors have as many numbers.
  const [one, only] = [real('one', 1, 1), real('one bias', 1)];
  await expectUntouched(submission, [
    calls.fullyConnectedUp(x, weights, bias),
    calls.fullyConnectedUp(one, one, only),
    calls.fullyConnectedDown({ above: real('above', 3, 2), x, weights, bias }),
    calls.fullyConnectedDown({ above: one, x: one, weights: one, bias: only }),
  ]);
}

export async function convolutionUntouched({ submission, seed }: Context): Promise<void> {
  const real = tensorsBy(seed);
  const [x, weights, bias] = [real('x', 2, 2, 5, 6), real('weights', 3, 2, 3, 3), real('bias', 3)];
  const unpadded = {
    above: real('above, unpadded', 1, 1, 2, 3),
    x: real('image', 1, 1, 3, 4),
    bias: real('one bias', 1),
  };
  const kernel = real('kernel', 1, 1, 2, 2);
  await expectUntouched(submission, [
    calls.convMethod2Up(x, weights, bias, 1),
    calls.convMethod2Up(unpadded.x, kernel, unpadded.bias, 0),
    calls.convMethod2Down({ above: real('above', 2, 3, 5, 6), x, weights, bias }, 1),
    calls.convMethod2Down({ ...unpadded, weights: kernel }, 0),
  ]);
}
