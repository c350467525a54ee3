import type { Real } from '../../numbers/Real.ts';
import type { GemmBackend, Multiply } from '../GemmBackend.ts';
import type { Kernels } from './instantiateKernels.ts';
import type { WasmMemory } from './WebAssemblyApi.ts';

const PAGE = 65536;
const ALIGNMENT = 16;

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Rows times leading dimension, without the gap behind the last row. */
const extent = (rows: number, columns: number, ld: number): number =>
  rows === 0 || columns === 0 ? 0 : (rows - 1) * ld + columns;

/**
 * Products by the WebAssembly kernels. Operands that lie in `memory` are used where they lie; others are copied in, and
 * the result out.
 *
 * @param firstByte - from here on the memory is the backend's own; it grows as operands ask for it
 */
export function wasmBackend(memory: WasmMemory, kernels: Kernels, firstByte: number): GemmBackend {
  const work = aligned(firstByte);
  const staging = aligned(work + kernels.workBytes());
  /** A memory that grows gets a new buffer object over the same bytes. */
  const buffers = new WeakSet<ArrayBufferLike>([memory.buffer]);

  const reserve = (end: number): void => {
    const missing = end + ALIGNMENT - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    buffers.add(memory.buffer);
  };

  const multiply: Multiply = (transA, transB, M, N, K, alpha, A, lda, B, ldb, beta, C, ldc) => {
    const [isA, isB] = [transA === 'T', transB === 'T'];
    const lengths = [
      isA ? extent(K, M, lda) : extent(M, K, lda),
      isB ? extent(N, K, ldb) : extent(K, N, ldb),
      extent(M, N, ldc),
    ];
    const operands = [A, B, C];
    let end = staging;
    const addresses = operands.map((operand, i) => {
      if (buffers.has(operand.buffer)) return operand.byteOffset;
      const address = end;
      end = aligned(end + lengths[i] * operand.BYTES_PER_ELEMENT);
      return address;
    });
    reserve(end);
    const staged = (i: number): Real | undefined => {
      const values = operands[i];
      const isStaged = addresses[i] >= staging && !buffers.has(values.buffer);
      if (!isStaged) return undefined;
      return values.BYTES_PER_ELEMENT === 8
        ? new Float64Array(memory.buffer, addresses[i], lengths[i])
        : new Float32Array(memory.buffer, addresses[i], lengths[i]);
    };
    staged(0)?.set(A.subarray(0, lengths[0]));
    staged(1)?.set(B.subarray(0, lengths[1]));
    const result = staged(2);
    // The gaps between the rows of C come back as they were.
    if (beta !== 0 || ldc > N) result?.set(C.subarray(0, lengths[2]));
    const gemm = C.BYTES_PER_ELEMENT === 8 ? kernels.gemm64 : kernels.gemm32;
    gemm(isA, isB, M, N, K, alpha, addresses[0], lda, addresses[1], ldb, beta, addresses[2], ldc, work);
    if (result) C.set(result);
  };
  return { name: 'wasm', multiply };
}
