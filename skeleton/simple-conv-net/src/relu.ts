import { NotImplementedError } from '@im2grade/nn';
import type { Tensor } from '@im2grade/tensor';

/**
 * Task 1: max(0, a), element by element in a loop (`relu_scalar` of the original).
 *
 * @param a - any shape; only read
 * @returns the same shape
 */
export function reluScalar(a: Tensor): Tensor {
  // TODO: task 1.
  throw new NotImplementedError('reluScalar', 'task 1: the larger of each number and 0, in a loop');
}

/**
 * Task 2c: the same without a loop over elements (`relu_vector` of the original).
 *
 * @param a - any shape; only read
 * @returns the same shape
 */
export function reluVector(a: Tensor): Tensor {
  // TODO: task 2c.
  throw new NotImplementedError('reluVector', 'task 2c: a maximum of all at once');
}
