import type { GemmBackend } from '../../gemm/GemmBackend.ts';
import { createGemm } from '../chooseGemm.ts';
import type { GemmKind } from '../backendOf.ts';
import { whyNoOpenblas } from '../openblas.ts';
import { createSharedMemory } from '../SharedMemory.ts';

/** A backend, and the memory in which its kernels work. */
export interface Party {
  readonly name: string;
  readonly backend: GemmBackend;
  readonly memory?: SharedArrayBuffer;
}

/** Why one of them is missing here. */
export const absence = whyNoOpenblas();

/** All backends that there are here, each with a memory of so many bytes and a page. */
export function createParties(bytes: number): readonly Party[] {
  const kinds: readonly GemmKind[] = ['wasm', 'wasm-fused', ...(absence ? [] : (['openblas'] as const))];
  const make = (name: GemmKind) => {
    const memory = createSharedMemory(bytes);
    const own = memory.buffer as SharedArrayBuffer;
    return { name, backend: createGemm(name, memory, own), memory: own };
  };
  return [{ name: 'typescript', backend: make('typescript').backend }, ...kinds.map(make)];
}
