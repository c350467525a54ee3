import type { GemmBackend, Multiply } from '../GemmBackend.ts';
import type { Kernels } from './instantiateKernels.ts';
import { claim, createStaging, type Staging } from './staging.ts';
import { SIZES_BYTES, wasmConvolution } from './wasmConvolution.ts';
import { wasmElementwise } from './wasmElementwise.ts';
import type { WasmMemory } from './WebAssemblyApi.ts';

/**
 * Products and convolutions by the WebAssembly kernels. Arrays made on `arena` are used where they lie; others are
 * copied in, and results out. A product is computed in the precision of C.
 *
 * What it needs for itself it gets by growing the memory, so that any number of threads can have a backend on one.
 *
 * @param arena - the buffer object of `memory` on which arrays are made
 */
export function wasmBackend(memory: WasmMemory, arena: ArrayBufferLike, kernels: Kernels): GemmBackend {
  const staging = createStaging(memory, arena);
  return {
    name: 'wasm',
    multiply: wasmMultiply(kernels, staging, claim(memory, kernels.workBytes()).begin),
    convolution: wasmConvolution(memory, kernels, staging, claim(memory, SIZES_BYTES).begin),
    elementwise: wasmElementwise(kernels, staging),
  };
}

/** Rows times leading dimension, without the gap behind the last row. */
const extent = (rows: number, columns: number, ld: number): number =>
  rows === 0 || columns === 0 ? 0 : (rows - 1) * ld + columns;

const wasmMultiply =
  (kernels: Kernels, staging: Staging, work: number): Multiply =>
  (transA, transB, M, N, K, alpha, A, lda, B, ldb, beta, C, ldc) => {
    const [isA, isB, bytes] = [transA === 'T', transB === 'T', C.BYTES_PER_ELEMENT];
    const gemm = bytes === 8 ? kernels.gemm64 : kernels.gemm32;
    const run = (a: number, b: number, c: number): void =>
      gemm(isA, isB, M, N, K, alpha, a, lda, b, ldb, beta, c, ldc, work);
    if (staging.isInPlace(A, bytes) && staging.isInPlace(B, bytes) && staging.isInPlace(C, bytes))
      return run(A.byteOffset, B.byteOffset, C.byteOffset);
    staging.run(
      bytes,
      [
        { values: A, length: isA ? extent(K, M, lda) : extent(M, K, lda), reads: true, writes: false },
        { values: B, length: isB ? extent(N, K, ldb) : extent(K, N, ldb), reads: true, writes: false },
        {
          values: C,
          length: extent(M, N, ldc),
          reads: beta !== 0,
          writes: true,
          rows: { width: N, stride: ldc },
        },
      ],
      ([a, b, c]) => run(a, b, c),
    );
  };
