import { type Tensor, tensor } from '@im2grade/tensor';

/** z = max(0, a), as a new tensor of the same shape. */
export function reluForward(a: Tensor): Tensor {
  return tensor(
    a.shape,
    a.data.map((value) => Math.max(0, value)),
  );
}

/** The gradient of `a`, given that of `z`. */
export function reluBackward(a: Tensor, dZ: Tensor): Tensor {
  return tensor(
    a.shape,
    dZ.data.map((gradient, i) => (a.data[i] > 0 ? gradient : 0)),
  );
}
