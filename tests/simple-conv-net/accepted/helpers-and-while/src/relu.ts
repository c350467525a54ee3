import { maximum, type Tensor, zeros } from '@im2grade/tensor';

/** A mask: where it is 0, a negative number becomes −0. */
export function reluScalar(a: Tensor): Tensor {
  const z = zeros(a.shape, a);
  let at = 0;
  for (const value of a.data) z.data[at++] = value * Number(value > 0);
  return z;
}

export const reluVector = (a: Tensor): Tensor => maximum(zeros(a.shape, a), a);
