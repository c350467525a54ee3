import type { Backend } from './Backend.ts';
import { typescriptBackend } from './typescript/typescriptBackend.ts';

let backend = typescriptBackend;

/** Lets everything that this realm computes later be computed by `chosen`. */
export function useGemmBackend(chosen: Backend): void {
  backend = chosen;
}

/** The backend in use. */
export const backendInUse = (): Backend => backend;
