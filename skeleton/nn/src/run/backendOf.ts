import type { GemmBackend } from '../gemm/GemmBackend.ts';
import { typescriptBackend } from '../gemm/typescript.ts';
import { type HostProduct, instantiateKernels, offersFused } from '../gemm/wasm/instantiateKernels.ts';
import { wasmBackend } from '../gemm/wasm/wasmBackend.ts';
import type { WasmMemory, WebAssemblyApi } from '../gemm/wasm/WebAssemblyApi.ts';
import { openblasBackend } from './openblasBackend.ts';
import type { OpenblasProducts } from './openblasMultiply.ts';

/** What `gemm` computes with: decided once for a whole run. */
export type GemmKind = 'typescript' | 'wasm' | 'wasm-fused' | 'openblas';

// Node's types leave WebAssembly out without the DOM's.
const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

/**
 * The chosen product for a thread whose arrays lie in `memory`. Needs nothing of Node.
 *
 * @param arena - the buffer object on which they are made, taken from the memory once: it has another one when it has grown
 * @param openblas - its functions, if it was chosen
 */
export function backendOf(
  kind: GemmKind,
  memory: WasmMemory,
  arena: ArrayBufferLike,
  openblas?: OpenblasProducts,
): GemmBackend {
  if (kind === 'typescript') return typescriptBackend;
  const form = kind !== 'wasm' && offersFused(WebAssembly) ? 'fused' : 'plain';
  const kernels = (product?: HostProduct) => instantiateKernels(WebAssembly, memory, form, product);
  return openblas ? openblasBackend(memory, arena, openblas, kernels) : wasmBackend(memory, arena, kernels());
}
