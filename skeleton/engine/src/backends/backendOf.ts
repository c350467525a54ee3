import type { Backend } from './Backend.ts';
import { openblasBackend } from './openblas/openblasBackend.ts';
import type { OpenblasProducts } from './openblas/openblasMultiply.ts';
import { typescriptBackend } from './typescript/typescriptBackend.ts';
import { instantiateKernels, offersFused } from './wasm/instantiateKernels.ts';
import { withKernelHost } from './wasm/kernelHosts.ts';
import { createStaging } from './wasm/staging.ts';
import { wasmBackend } from './wasm/wasmBackend.ts';
import type { WasmMemory, WebAssemblyApi } from './wasm/WebAssemblyApi.ts';

/** The kind of backend: chosen once for a whole run. */
export type GemmKind = 'typescript' | 'wasm' | 'wasm-fused' | 'openblas';

// Node's types leave WebAssembly out without the DOM's.
const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

/**
 * The chosen backend for a thread whose arrays are in `memory`. Kernels use arrays on `arena` in place; other arrays are
 * copied in, and results out. Needs nothing of Node.
 *
 * @param arena - the memory's buffer object when the arrays were made; the memory gets another one when it grows
 * @param openblas - its functions, if it was chosen
 */
export function backendOf(
  kind: GemmKind,
  memory: WasmMemory,
  arena: ArrayBufferLike,
  openblas?: OpenblasProducts,
): Backend {
  if (kind === 'typescript') return typescriptBackend;
  const form = kind !== 'wasm' && offersFused(WebAssembly) ? 'fused' : 'plain';
  const kernels = instantiateKernels(WebAssembly, memory, form);
  const staging = createStaging(memory, arena);
  const backend = openblas ? openblasBackend(openblas, kernels, staging) : wasmBackend(memory, kernels, staging);
  return withKernelHost(backend, { api: WebAssembly, memory, staging, form });
}
