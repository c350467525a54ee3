import { NotImplementedError } from '@im2grade/nn';
import type { Tensor } from '@im2grade/tensor';

/** z = max(0, a), as a new tensor of the same shape. */
export function reluForward(_a: Tensor): Tensor {
  throw new NotImplementedError('reluForward', 'the larger of each number and 0');
}

/** The gradient of `a`, given that of `z`. */
export function reluBackward(_a: Tensor, _dZ: Tensor): Tensor {
  throw new NotImplementedError('reluBackward', 'the gradient passes where a is positive');
}
