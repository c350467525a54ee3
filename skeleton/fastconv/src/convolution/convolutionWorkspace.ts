import type { Geometry } from '@im2grade/nn';
import type { RealConstructor } from '@im2grade/engine';
import { convolutionInUse } from './convolutionInUse.ts';

/**
 * Elements of the workspace that convolutions of these sizes need with the backend in use, forward and backward; more
 * images never need less.
 */
export const convolutionWorkspace = (geometry: Geometry, real: RealConstructor): number =>
  convolutionInUse().workspace(geometry, real);
