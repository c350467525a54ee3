import { MAX_TENSOR_VALUES, type Tensor, toNum } from '@im2grade/grader/model/evidence.ts';
import type { Axis, Real } from '@im2grade/nn';

/**
 * An array as the report carries it; undefined when it is too large to be looked at. Its values are read when they are
 * asked for: most comparisons find nothing to report.
 */
export function tensorOf(name: string, values: Real, axes: readonly Axis[]): Tensor | undefined {
  if (values.length > MAX_TENSOR_VALUES) return undefined;
  return {
    name,
    axes: axes.map((axis) => ({ ...axis })),
    get values() {
      return Array.from(values, toNum);
    },
  };
}
