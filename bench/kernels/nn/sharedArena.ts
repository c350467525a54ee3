import type { WasmMemory } from '@im2grade/nn';

const ALIGNMENT = 64;

/** A stretch of a WebAssembly memory in which arrays are laid one behind the other. */
export interface Arena {
  /** Makes its arrays in the arena, filled with zeros. */
  readonly real: Float32ArrayConstructor;
  /** Gives all of it back: arrays made before must not be used any more. */
  reset(): void;
}

/** @param bytes - the arena's end; it begins at the memory's */
export function sharedArena(memory: WasmMemory, bytes: number): Arena {
  let next = 0;
  const real = new Proxy(Float32Array, {
    construct(target, args) {
      const length: number = args[0];
      const at = next;
      next += Math.ceil((length * target.BYTES_PER_ELEMENT) / ALIGNMENT) * ALIGNMENT;
      if (next > bytes) throw new RangeError(`the arena of ${bytes} bytes is full`);
      return new target(memory.buffer, at, length).fill(0);
    },
  });
  return { real, reset: () => void (next = 0) };
}
