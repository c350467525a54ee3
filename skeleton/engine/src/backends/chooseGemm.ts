import { setFlagsFromString } from 'node:v8';
import type { Backend } from './Backend.ts';
import { typescriptBackend } from './typescript/typescriptBackend.ts';
import { instantiateKernels, offersFused } from './wasm/instantiateKernels.ts';
import { withKernelHost } from './wasm/kernelHosts.ts';
import { createStaging } from './wasm/staging.ts';
import { wasmBackend } from './wasm/wasmBackend.ts';
import type { WasmMemory, WebAssemblyApi } from './wasm/WebAssemblyApi.ts';
import { whyNoOpenblas } from './openblas/openblas.ts';
import { openblasBackend } from './openblas/openblasBackend.ts';

/** What `gemm` computes with: decided once for a whole run. */
export type GemmKind = 'typescript' | 'wasm' | 'wasm-fused' | 'openblas';

/** A choice that cannot be made here. */
export class GemmChoiceError extends Error {
  override readonly name = 'GemmChoiceError';
}

const NAMES = ['ts', 'wasm', 'openblas'];

// Node's types leave WebAssembly out without the DOM's.
const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

/**
 * What to compute with, as `IM2GRADE_GEMM` asks: `ts`, `wasm` or `openblas`.
 *
 * Without being asked it is WebAssembly, everywhere: what a machine happens to have installed must not change results.
 *
 * @throws GemmChoiceError when the name is unknown, or OpenBLAS is not there
 */
export function chooseGemm(asked: string | undefined): GemmKind {
  if (asked !== undefined && asked !== '' && !NAMES.includes(asked))
    throw new GemmChoiceError(`IM2GRADE_GEMM=${asked}: must be one of ${NAMES.join(', ')}`);
  if (asked === 'ts') return 'typescript';
  if (asked !== 'openblas') return enableFused() ? 'wasm-fused' : 'wasm';
  const why = whyNoOpenblas();
  if (why) throw new GemmChoiceError(`IM2GRADE_GEMM=openblas: ${why}`);
  return 'openblas';
}

/**
 * The chosen backend for a thread whose arrays lie in `memory`. Kernels use arrays made on `arena` where they lie; others are
 * copied in, and results out.
 *
 * @param arena - the buffer object on which they are made, taken from the memory once: it has another one when it has grown
 */
export function createGemm(kind: GemmKind, memory: WasmMemory, arena: ArrayBufferLike): Backend {
  if (kind === 'typescript') return typescriptBackend;
  const form = kind !== 'wasm' && enableFused() ? 'fused' : 'plain';
  const kernels = instantiateKernels(WebAssembly, memory, form);
  const staging = createStaging(memory, arena);
  const backend = kind === 'openblas' ? openblasBackend(kernels, staging) : wasmBackend(memory, kernels, staging);
  return withKernelHost(backend, { api: WebAssembly, memory, staging, form });
}

/** Whether the fused kernels compile; Node 20 wants a flag before it tries, newer ones do not know that flag. */
function enableFused(): boolean {
  if (offersFused(WebAssembly)) return true;
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');
  return offersFused(WebAssembly);
}
