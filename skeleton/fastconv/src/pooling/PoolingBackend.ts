import type { Real } from '@im2grade/engine';
import type { PoolGeometry } from './PoolGeometry.ts';

/** `max` leaves padding out; `mean` counts its zeros. */
export type PoolKind = 'max' | 'mean';

/** One way to compute poolings; the arguments are those of the public functions, already checked. */
export interface PoolingBackend {
  forward(kind: PoolKind, geometry: PoolGeometry, image: Real, output: Real): void;
  backward(kind: PoolKind, geometry: PoolGeometry, image: Real, output: Real, dOutput: Real, dImage: Real): void;
}
