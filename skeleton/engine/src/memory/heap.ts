import type { Real, RealConstructor } from './Real.ts';

/** Makes an array of zeros. */
export type Allocate = (real: RealConstructor, length: number) => Real;

const own: Allocate = (real, length) => new real(length);

let allocate = own;

/** Lets all later arrays of this realm's networks come from `chosen`; without it they are ordinary arrays again. */
export function useHeap(chosen: Allocate = own): void {
  allocate = chosen;
}

/** An array of zeros for a network: parameters, gradients, activations. */
export const allocateReal: Allocate = (real, length) => allocate(real, length);
