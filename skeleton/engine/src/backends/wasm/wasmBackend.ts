import type { Backend, Multiply } from '../Backend.ts';
import type { Kernels } from './instantiateKernels.ts';
import { claim, type Staging } from './staging.ts';
import { wasmElementwise } from './wasmElementwise.ts';
import type { WasmMemory } from './WebAssemblyApi.ts';

/**
 * Products by the WebAssembly kernels, in the precision of C.
 *
 * Its work space comes from growing the memory, so that any number of threads can have a backend on one.
 */
export const wasmBackend = (memory: WasmMemory, kernels: Kernels, staging: Staging): Backend => ({
  name: 'wasm',
  multiply: wasmMultiply(kernels, staging, claim(memory, kernels.workBytes()).begin),
  elementwise: wasmElementwise(kernels, staging),
});

/** Rows times leading dimension, without the gap after the last row. */
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
