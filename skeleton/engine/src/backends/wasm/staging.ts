import { type Real, realView } from '../../memory/Real.ts';
import type { WasmMemory } from './WebAssemblyApi.ts';

const PAGE = 65536;
const ALIGNMENT = 16;
/** Bytes that kernels may read after the last operand: a tile has up to twelve neighbours, some of which may not be there. */
const REACH = 96;

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** A piece of `memory` for the caller alone, of at least this size: growing is atomic across threads. */
export function claim(memory: WasmMemory, bytes: number): { begin: number; end: number } {
  const pages = Math.ceil(bytes / PAGE);
  const begin = memory.grow(pages) * PAGE;
  return { begin, end: begin + pages * PAGE };
}

/** One array of a call: its first `length` elements, and whether the call reads what it holds and changes it. */
export interface Operand {
  readonly values: Real;
  readonly length: number;
  readonly reads: boolean;
  readonly writes: boolean;
  /** Set when rows have gaps between them: gaps are never written, because they may be another thread's. */
  readonly rows?: { readonly width: number; readonly stride: number };
}

/** Brings arrays to kernels: those in the memory are used in place, others are copied in and out again. */
export interface Staging {
  /** Whether a kernel for numbers of this many bytes can use an array in place. */
  isInPlace(values: Real, bytes: number): boolean;
  /** Calls `compute`, a kernel for numbers of this many bytes, with the addresses of the operands. */
  run(bytes: number, operands: readonly Operand[], compute: (addresses: readonly number[]) => void): void;
}

/**
 * Staging that allocates its copies by growing `memory`, so that every thread can have its own.
 *
 * @param arena - the buffer object on which arrays are made: a memory gets a new one over the same bytes whenever any thread
 *   grows it
 */
export function createStaging(memory: WasmMemory, arena: ArrayBufferLike): Staging {
  const buffers = new WeakSet<ArrayBufferLike>([arena]);
  let room = { begin: 0, end: 0 };

  const isInPlace = (values: Real, bytes: number): boolean =>
    buffers.has(values.buffer) && values.BYTES_PER_ELEMENT === bytes;

  return {
    isInPlace,
    run(bytes, operands, compute) {
      const needed = operands.reduce((sum, { length }) => sum + aligned(length * bytes), REACH);
      if (room.end - room.begin < needed) room = claim(memory, 2 * needed);
      buffers.add(memory.buffer);
      let next = room.begin;
      const copies = operands.map(({ values, length, reads }) => {
        if (isInPlace(values, bytes)) return values;
        const copy = realView(bytes === 8 ? Float64Array : Float32Array, memory.buffer, next, length);
        next += aligned(length * bytes);
        if (reads) copy.set(values.subarray(0, length));
        return copy;
      });
      compute(copies.map(({ byteOffset }) => byteOffset));
      operands.forEach((operand, i) => {
        if (operand.writes && copies[i] !== operand.values) copyOut(copies[i], operand);
      });
    },
  };
}

function copyOut(
  copy: Real,
  { values, length, rows: { width, stride } = { width: length, stride: length } }: Operand,
): void {
  if (width === stride) return values.set(copy);
  for (let begin = 0; begin < length; begin += stride) values.set(copy.subarray(begin, begin + width), begin);
}
