import type { Backend } from './backends/Backend.ts';
import { typescriptBackend } from './backends/typescript/typescriptBackend.ts';
import type { Real, RealConstructor } from './memory/Real.ts';

/** Makes an array of zeros. */
type Allocate = (real: RealConstructor, length: number) => Real;

/** What the library of this realm computes with, and where its arrays come from. */
interface Runtime {
  readonly backend: Backend;
  readonly allocate: Allocate;
}

const ordinaryArrays: Allocate = (real, length) => new real(length);

let runtime: Runtime = { backend: typescriptBackend, allocate: ordinaryArrays };

/** Sets what everything in this realm uses from now on; what is left out is plain TypeScript and ordinary arrays. */
export function useRuntime({ backend = typescriptBackend, allocate = ordinaryArrays }: Partial<Runtime> = {}): void {
  runtime = { backend, allocate };
}

/** The backend in use. */
export const backendInUse = (): Backend => runtime.backend;

/** An array of zeros for a network: parameters, gradients, activations. */
export const allocateReal: Allocate = (real, length) => runtime.allocate(real, length);
