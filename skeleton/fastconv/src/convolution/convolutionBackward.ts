import type { Geometry } from '@im2grade/nn';
import type { Real } from '@im2grade/engine';
import { convolutionInUse } from './convolutionInUse.ts';
import { requireArrays } from './requireArrays.ts';

/**
 * Gradients of `convolutionForward`. Overwrites `dWeights` and `dBiases` with sums over the `geometry.B` images, and
 * `dImage`. Threads share a batch as in the forward pass, each with its own gradients, which are added afterwards.
 *
 * @param geometry - from `convGeometry`; B may be 0 too
 * @param image - `[B][InY][InX][InC]`, as given to forward
 * @param weights - `[KnY][KnX][InC][KnC]`
 * @param dOutput - `[B][OpY][OpX][KnC]`, the error's gradient with respect to the output
 * @param dWeights - as `weights`
 * @param dBiases - `[KnC]`
 * @param dImage - as `image`; undefined if it is not needed, which saves a third of the work
 * @param workspace - at least `convolutionWorkspace(geometry, real)` elements with any content
 * @throws RangeError or TypeError naming the array that is too short or of another precision
 */
export function convolutionBackward(
  geometry: Geometry,
  image: Real,
  weights: Real,
  dOutput: Real,
  dWeights: Real,
  dBiases: Real,
  dImage: Real | undefined,
  workspace: Real,
): void {
  requireArrays(
    geometry,
    [
      ['image', image, 'image'],
      ['weights', weights, 'weights'],
      ['dOutput', dOutput, 'output'],
      ['dWeights', dWeights, 'weights'],
      ['dBiases', dBiases, 'biases'],
      ...(dImage ? ([['dImage', dImage, 'image']] as const) : []),
    ],
    workspace,
  );
  convolutionInUse().backward(geometry, image, weights, dOutput, dWeights, dBiases, dImage, workspace);
}
