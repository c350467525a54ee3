import type { Geometry } from '../geometry.ts';
import type { RealConstructor } from '../numbers/Real.ts';
import { backendInUse } from './backendInUse.ts';

/**
 * Elements of the workspace that convolutions of these sizes need with the backend in use, forward and backward; more
 * images need no less.
 */
export const convolutionWorkspace = (geometry: Geometry, real: RealConstructor): number =>
  backendInUse().workspace(geometry, real);
