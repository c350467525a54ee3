import { shown, type Tensor } from './tensor.ts';

/**
 * Mean of the squared differences of two tensors (`diff_mse` of the original): 0 when they are the same.
 *
 * @throws RangeError when they do not hold the same number of elements
 */
export function diffMse(x: Tensor, y: Tensor): number {
  if (x.data.length !== y.data.length)
    throw new RangeError(`diffMse: the shapes ${shown(x.shape)} and ${shown(y.shape)} differ`);
  let sum = 0;
  for (let i = 0; i < x.data.length; i++) sum += (x.data[i] - y.data[i]) ** 2;
  return sum / Math.max(1, x.data.length);
}
