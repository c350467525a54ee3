import { MAX_TENSOR_VALUES, type Tensor, toNum } from '@im2grade/grader/model/evidence.ts';
import type { Axis, Real } from '@im2grade/nn';

/** An array with the names that the report gives it and its axes. */
export interface NamedArray {
  readonly name: string;
  readonly values: Real;
  readonly axes: readonly Axis[];
}

/** An array as the report stores it; undefined if it is too large to be read. */
export function tensorOf({ name, values, axes }: NamedArray): Tensor | undefined {
  if (values.length > MAX_TENSOR_VALUES) return undefined;
  return { name, axes: axes.map((axis) => ({ ...axis })), values: Array.from(values, toNum) };
}
