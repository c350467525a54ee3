import { maximum, type Tensor, zeros } from '@im2grade/tensor';

/** Half the sum of a number and its absolute value. */
export function reluScalar(a: Tensor): Tensor {
  const z = zeros(a.shape, a);
  for (let i = 0; i < a.data.length; i++) z.data[i] = (a.data[i] + Math.abs(a.data[i])) / 2;
  return z;
}

export const reluVector = (a: Tensor): Tensor => maximum(a, 0);
