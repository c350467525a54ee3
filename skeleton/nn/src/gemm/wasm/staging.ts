import type { Real } from '../../numbers/Real.ts';
import type { WasmMemory } from './WebAssemblyApi.ts';

const PAGE = 65536;
const ALIGNMENT = 16;

/** The next address at which a vector may begin. */
export const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** One array of a call: its first `length` elements, and whether the call reads what it holds and changes it. */
export interface Operand {
  readonly values: Real;
  readonly length: number;
  readonly reads: boolean;
  readonly writes: boolean;
}

/** Calls `compute` with the addresses of the operands. */
export type Staging = (operands: readonly Operand[], compute: (addresses: readonly number[]) => void) => void;

/**
 * Brings arrays to a kernel: those that lie in `memory` are used where they lie, others are copied in, and out again if
 * the kernel writes them.
 *
 * @param firstByte - from here on the memory is the staging's own; it grows as operands ask for it
 */
export function createStaging(memory: WasmMemory, firstByte: number): Staging {
  /** A memory that grows gets a new buffer object over the same bytes. */
  const buffers = new WeakSet<ArrayBufferLike>();
  const reserve = (end: number): void => {
    // Vector loads may reach a little over the last operand.
    const missing = end + ALIGNMENT - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    buffers.add(memory.buffer);
  };
  reserve(firstByte);

  return (operands, compute) => {
    buffers.add(memory.buffer);
    let end = aligned(firstByte);
    const addresses = operands.map(({ values, length }) => {
      if (buffers.has(values.buffer)) return values.byteOffset;
      const address = end;
      end = aligned(end + length * values.BYTES_PER_ELEMENT);
      return address;
    });
    reserve(end);
    const views = operands.map(({ values, length }, i) =>
      buffers.has(values.buffer) ? undefined : viewOf(values, memory.buffer, addresses[i], length),
    );
    operands.forEach(({ values, length, reads }, i) => {
      if (reads) views[i]?.set(values.subarray(0, length));
    });
    compute(addresses);
    operands.forEach(({ values, writes }, i) => {
      if (writes && views[i]) values.set(views[i]);
    });
  };
}

const viewOf = (like: Real, buffer: ArrayBufferLike, address: number, length: number): Real =>
  like.BYTES_PER_ELEMENT === 8 ? new Float64Array(buffer, address, length) : new Float32Array(buffer, address, length);
