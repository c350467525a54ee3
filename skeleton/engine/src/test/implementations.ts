import type { Backend } from '../backends/Backend.ts';
import type { GemmKind } from '../backends/backendOf.ts';
import { createGemm } from '../backends/chooseGemm.ts';
import { whyNoOpenblas } from '../backends/openblas/openblas.ts';
import { createSharedMemory } from '../memory/SharedMemory.ts';

/** A backend, and the memory in which its kernels work. */
export interface Implementation {
  readonly name: string;
  readonly backend: Backend;
  readonly memory?: SharedArrayBuffer;
}

/** Why one of them is missing here. */
export const absence = whyNoOpenblas();

/** All backends available here, each with a memory of this many bytes and a page. */
export function createImplementations(bytes: number): readonly Implementation[] {
  const kinds: readonly GemmKind[] = ['wasm', 'wasm-fused', ...(absence ? [] : (['openblas'] as const))];
  const make = (name: GemmKind) => {
    const memory = createSharedMemory(bytes);
    const own = memory.buffer as SharedArrayBuffer;
    return { name, backend: createGemm(name, memory, own), memory: own };
  };
  return [{ name: 'typescript', backend: make('typescript').backend }, ...kinds.map(make)];
}
