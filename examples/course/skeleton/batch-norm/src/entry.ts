import type { Entry, EntryCall, Real } from '@im2grade/nn';
import { batchNorm, batchNormBackward } from './batchNorm.ts';

/** What the grader calls: values in, values out. You need not read it to solve the assignment. */
export const entry: Entry = {
  batchNorm: ({
    options,
    inputs: [x, gamma, beta],
    outputs: [y],
  }: EntryCall<{ N: number; D: number; epsilon: number }>) =>
    batchNorm(x as Real, gamma as Real, beta as Real, options.N, options.D, options.epsilon, y as Real),
  batchNormBackward: ({
    options,
    inputs: [x, gamma, dy],
    outputs: [dx, dgamma, dbeta],
  }: EntryCall<{ N: number; D: number; epsilon: number }>) =>
    batchNormBackward(
      x as Real,
      gamma as Real,
      dy as Real,
      options.N,
      options.D,
      options.epsilon,
      dx as Real,
      dgamma as Real,
      dbeta as Real,
    ),
};
