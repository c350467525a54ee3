import type { GemmBackend, Multiply } from '../gemm/GemmBackend.ts';
import type { HostProduct, Kernels } from '../gemm/wasm/instantiateKernels.ts';
import { claim, createStaging } from '../gemm/wasm/staging.ts';
import { SIZES_BYTES, wasmConvolution } from '../gemm/wasm/wasmConvolution.ts';
import { wasmElementwise } from '../gemm/wasm/wasmElementwise.ts';
import type { WasmMemory } from '../gemm/wasm/WebAssemblyApi.ts';
import type { Geometry } from '../geometry.ts';
import { realView } from '../numbers/Real.ts';
import { openblasMultiply, type OpenblasProducts } from './openblasMultiply.ts';

/**
 * Products by OpenBLAS, wherever the arrays lie. Convolutions by the WebAssembly kernels on `memory`, which leave their
 * products to OpenBLAS, on the same bytes.
 *
 * @param arena - the buffer object of `memory` on which arrays are made
 * @param openblas - its functions
 * @param instantiate - makes the kernels, with what computes their products
 */
export function openblasBackend(
  memory: WasmMemory,
  arena: ArrayBufferLike,
  openblas: OpenblasProducts,
  instantiate: (product: HostProduct) => Kernels,
): GemmBackend {
  const multiply = openblasMultiply(openblas);
  const kernels = instantiate(productIn(memory, multiply));
  const staging = createStaging(memory, arena);
  const sizes = claim(memory, SIZES_BYTES).begin;
  return {
    name: 'openblas',
    multiply,
    convolution: wasmConvolution(memory, kernels, staging, sizes, isWorthOpenblas),
    elementwise: wasmElementwise(kernels, staging),
  };
}

/** Products of few terms for few columns take OpenBLAS longer than the kernels, which need not pack them. */
const isWorthOpenblas = ({ KnY, KnX, InC, KnC }: Geometry): boolean => KnC >= 16 && KnY * KnX * InC >= 20;

/** Views of the memory: whatever the kernels ask for, a view ends where the memory ends, and `multiply` believes no one. */
const productIn =
  (memory: WasmMemory, multiply: Multiply): HostProduct =>
  (bytes, transA, transB, M, N, K, a, lda, b, ldb, adds, c, ldc) => {
    const { buffer } = memory;
    const real = bytes === 8 ? Float64Array : Float32Array;
    const matrix = (at: number, rows: number, columns: number, ld: number) =>
      realView(real, buffer, at, (rows - 1) * ld + columns);
    const [A, B] = [matrix(a, transA ? K : M, transA ? M : K, lda), matrix(b, transB ? N : K, transB ? K : N, ldb)];
    multiply(transA ? 'T' : 'N', transB ? 'T' : 'N', M, N, K, 1, A, lda, B, ldb, adds, matrix(c, M, N, ldc), ldc);
  };
