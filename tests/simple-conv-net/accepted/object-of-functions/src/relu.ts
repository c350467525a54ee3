import { maximum, type Tensor, tensor } from '@im2grade/tensor';

/** Max(0, a), in a loop. */
export function reluScalar({ shape, data }: Tensor): Tensor {
  const z = data.slice();
  for (const [i, value] of data.entries()) if (!(value > 0)) z[i] = 0;
  return tensor(shape, z);
}

export const reluVector = (a: Tensor): Tensor => maximum(a, 0);
