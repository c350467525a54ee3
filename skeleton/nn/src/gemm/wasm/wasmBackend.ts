import type { GemmBackend, Multiply } from '../GemmBackend.ts';
import type { Kernels } from './instantiateKernels.ts';
import { aligned, createStaging, type Staging } from './staging.ts';
import { SIZES_BYTES, wasmConvolution } from './wasmConvolution.ts';
import type { WasmMemory } from './WebAssemblyApi.ts';

/**
 * Products and convolutions by the WebAssembly kernels. Arrays that lie in `memory` are used where they lie; others are
 * copied in, and results out.
 *
 * @param firstByte - from here on the memory is the backend's own; it grows as operands ask for it
 */
export function wasmBackend(memory: WasmMemory, kernels: Kernels, firstByte: number): GemmBackend {
  const sizes = aligned(firstByte);
  const work = aligned(sizes + SIZES_BYTES);
  const staging = createStaging(memory, work + kernels.workBytes());
  return {
    name: 'wasm',
    multiply: wasmMultiply(kernels, staging, work),
    convolution: wasmConvolution(memory, kernels, staging, sizes),
  };
}

/** Rows times leading dimension, without the gap behind the last row. */
const extent = (rows: number, columns: number, ld: number): number =>
  rows === 0 || columns === 0 ? 0 : (rows - 1) * ld + columns;

const wasmMultiply =
  (kernels: Kernels, staging: Staging, work: number): Multiply =>
  (transA, transB, M, N, K, alpha, A, lda, B, ldb, beta, C, ldc) => {
    const [isA, isB] = [transA === 'T', transB === 'T'];
    const gemm = C.BYTES_PER_ELEMENT === 8 ? kernels.gemm64 : kernels.gemm32;
    staging(
      [
        { values: A, length: isA ? extent(K, M, lda) : extent(M, K, lda), reads: true, writes: false },
        { values: B, length: isB ? extent(N, K, ldb) : extent(K, N, ldb), reads: true, writes: false },
        // The gaps between the rows of C come back as they were.
        { values: C, length: extent(M, N, ldc), reads: beta !== 0 || ldc > N, writes: true },
      ],
      ([a, b, c]) => gemm(isA, isB, M, N, K, alpha, a, lda, b, ldb, beta, c, ldc, work),
    );
  };
