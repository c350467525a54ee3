import type { Geometry } from '@im2grade/nn';
import { type Real, realOf } from '@im2grade/engine';
import { convolutionWorkspace } from './convolutionWorkspace.ts';
import { type Extents, extents } from './extents.ts';

/**
 * Checks the arrays of a convolution.
 *
 * @param arrays - name, values, and what the array has the elements of
 * @throws RangeError naming the array that is too short, TypeError when not all hold numbers of one precision
 */
export function requireArrays(
  geometry: Geometry,
  arrays: readonly (readonly [name: string, values: Real, extent: keyof Extents])[],
  workspace: Real,
): void {
  const real = realOf(workspace);
  const lengths = extents(geometry);
  for (const [name, values, extent] of arrays) {
    if (realOf(values) !== real)
      throw new TypeError(`convolution: ${name} is a ${realOf(values).name}, the workspace a ${real.name}`);
    requireLength(name, values, lengths[extent]);
  }
  requireLength('workspace', workspace, convolutionWorkspace(geometry, real));
}

function requireLength(name: string, { length }: Real, least: number): void {
  if (length < least) throw new RangeError(`convolution: ${name} has ${length} elements; these sizes need ${least}`);
}
