import { chooseGemm, createGemm, createSharedMemory, FIRST_FREE_BYTE, SymmetricHeap } from '@im2grade/engine/run';
import { useRuntime } from '@im2grade/nn';

const BYTES = 256 * 1024 * 1024;

/** Computes nets in this process by the library's kernels from here on. */
export function onLibrary(): void {
  const memory = createSharedMemory(BYTES);
  const heap = new SymmetricHeap(memory.buffer);
  heap.reset(FIRST_FREE_BYTE, true);
  useRuntime({
    backend: createGemm(chooseGemm(undefined), memory, memory.buffer),
    allocate: (real, length) => heap.allocate(real, length, 1),
  });
}
