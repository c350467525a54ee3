import { type Real, realView } from '../../numbers/Real.ts';
import type { GemmBackend, Multiply } from '../GemmBackend.ts';
import type { Kernels } from './instantiateKernels.ts';
import type { WasmMemory } from './WebAssemblyApi.ts';

const PAGE = 65536;
const ALIGNMENT = 16;

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Rows times leading dimension, without the gap behind the last row. */
const extent = (rows: number, columns: number, ld: number): number =>
  rows === 0 || columns === 0 ? 0 : (rows - 1) * ld + columns;

/** A piece of `memory` that nobody else has, at least so large: growing it is atomic, whichever thread asks. */
function claim(memory: WasmMemory, bytes: number): { begin: number; end: number } {
  const pages = Math.ceil(bytes / PAGE);
  const begin = memory.grow(pages) * PAGE;
  return { begin, end: begin + pages * PAGE };
}

/**
 * Products by the WebAssembly kernels. Operands that lie in `memory` are used where they lie; others are copied in, and
 * the result out. The product is computed in the precision of C.
 *
 * What it needs for itself it gets by growing the memory, so that any number of threads can have a backend on one.
 */
export function wasmBackend(memory: WasmMemory, kernels: Kernels): GemmBackend {
  /** A memory that grows gets a new buffer object over the same bytes. */
  const buffers = new WeakSet<ArrayBufferLike>([memory.buffer]);
  const work = claim(memory, kernels.workBytes()).begin;
  let staging = { begin: 0, end: 0 };

  const isInPlace = (values: Real, bytes: number): boolean =>
    buffers.has(values.buffer) && values.BYTES_PER_ELEMENT === bytes;

  /** Copies those of the arrays that lie elsewhere; returns what to use in their place. */
  const stage = (arrays: readonly Real[], lengths: readonly number[], bytes: number): Real[] => {
    const needed = arrays.reduce((sum, _, i) => sum + aligned(lengths[i] * bytes), 0);
    if (staging.end - staging.begin < needed) staging = claim(memory, 2 * needed);
    buffers.add(memory.buffer);
    let next = staging.begin;
    return arrays.map((values, i) => {
      if (isInPlace(values, bytes)) return values;
      const copy = realView(bytes === 8 ? Float64Array : Float32Array, memory.buffer, next, lengths[i]);
      next += aligned(lengths[i] * bytes);
      copy.set(values.length === lengths[i] ? values : values.subarray(0, lengths[i]));
      return copy;
    });
  };

  const multiply: Multiply = (transA, transB, M, N, K, alpha, A, lda, B, ldb, beta, C, ldc) => {
    const [isA, isB] = [transA === 'T', transB === 'T'];
    const bytes = C.BYTES_PER_ELEMENT;
    const gemm = bytes === 8 ? kernels.gemm64 : kernels.gemm32;
    const run = (a: Real, b: Real, c: Real): void =>
      gemm(isA, isB, M, N, K, alpha, a.byteOffset, lda, b.byteOffset, ldb, beta, c.byteOffset, ldc, work);
    if (isInPlace(A, bytes) && isInPlace(B, bytes) && isInPlace(C, bytes)) return run(A, B, C);
    const lengthA = isA ? extent(K, M, lda) : extent(M, K, lda);
    const lengthB = isB ? extent(N, K, ldb) : extent(K, N, ldb);
    const [a, b, c] = stage([A, B, C], [lengthA, lengthB, extent(M, N, ldc)], bytes);
    run(a, b, c);
    if (c !== C) C.set(c);
  };
  return { name: 'wasm', multiply };
}
