import { sizeOf, tensor } from '@im2grade/tensor';
import { type CriterionContext, expectInputsUntouched, randomData } from '@im2grade/kit';
import { calls } from './calls.ts';

type Context = Pick<CriterionContext, 'submission' | 'seed'>;

const tensorsBy =
  (seed: number) =>
  (name: string, ...shape: number[]) =>
    tensor(shape, randomData(seed, name).real(sizeOf(shape)));

export function fullyConnectedUntouched({ submission, seed }: Context): Promise<void> {
  const real = tensorsBy(seed);
  const [x, weights, bias] = [real('x', 3, 4), real('weights', 2, 4), real('bias', 2)];
  return expectInputsUntouched(submission, [
    calls.fullyConnectedUp(x, weights, bias),
    calls.fullyConnectedDown({ above: real('above', 3, 2), x, weights, bias }),
  ]);
}

export function convolutionUntouched({ submission, seed }: Context): Promise<void> {
  const real = tensorsBy(seed);
  const [x, weights, bias] = [real('x', 2, 2, 5, 6), real('weights', 3, 2, 3, 3), real('bias', 3)];
  return expectInputsUntouched(submission, [
    calls.convMethod2Up(x, weights, bias, 1),
    calls.convMethod2Down({ above: real('above', 2, 3, 5, 6), x, weights, bias }, 1),
  ]);
}
