import type { Geometry } from '@im2grade/nn';
import type { Real } from '@im2grade/engine';
import { convolutionInUse } from './convolutionInUse.ts';
import { requireArrays } from './requireArrays.ts';

/**
 * Convolves `geometry.B` images (cross-correlation, as everywhere in this field) and overwrites `output`.
 *
 * The matrix of all patches is never built: a chunk of it is laid out in the workspace, multiplied and forgotten. Threads
 * share a batch by passing parts of it, each with its own workspace.
 *
 * @param geometry - from `convGeometry`; B may be 0 too
 * @param image - `[B][InY][InX][InC]`
 * @param weights - `[KnY][KnX][InC][KnC]`
 * @param biases - `[KnC]`
 * @param output - `[B][OpY][OpX][KnC]`
 * @param workspace - at least `convolutionWorkspace(geometry, real)` elements with any content
 * @throws RangeError or TypeError naming the array that is too short or of another precision
 */
export function convolutionForward(
  geometry: Geometry,
  image: Real,
  weights: Real,
  biases: Real,
  output: Real,
  workspace: Real,
): void {
  requireArrays(
    geometry,
    [
      ['image', image, 'image'],
      ['weights', weights, 'weights'],
      ['biases', biases, 'biases'],
      ['output', output, 'output'],
    ],
    workspace,
  );
  convolutionInUse().forward(geometry, image, weights, biases, output, workspace);
}
