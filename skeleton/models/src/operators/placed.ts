import { allocateReal } from '@im2grade/engine';

/** Numbers in the library's memory, where kernels use them in place. */
export function placed(values: Float32Array): Float32Array {
  const own = allocateReal(Float32Array, values.length) as Float32Array;
  own.set(values);
  return own;
}
