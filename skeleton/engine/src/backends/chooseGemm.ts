import { setFlagsFromString } from 'node:v8';
import type { Backend } from './Backend.ts';
import { backendOf, type GemmKind } from './backendOf.ts';
import { loadOpenblas, whyNoOpenblas } from './openblas/openblas.ts';
import type { OpenblasProducts } from './openblas/openblasMultiply.ts';
import { offersFused } from './wasm/instantiateKernels.ts';
import type { WasmMemory, WebAssemblyApi } from './wasm/WebAssemblyApi.ts';

/** A choice that is unknown or not available here. */
export class GemmChoiceError extends Error {
  override readonly name = 'GemmChoiceError';
}

const NAMES = ['ts', 'wasm', 'openblas'];

// Node's types leave WebAssembly out without the DOM's.
const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

/**
 * The backend that `IM2GRADE_GEMM` asks for: `ts`, `wasm` or `openblas`.
 *
 * The default is WebAssembly everywhere: what a machine happens to have installed must not change results.
 *
 * @throws GemmChoiceError when the name is unknown, or OpenBLAS is not installed
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

/** The chosen backend for a thread whose arrays are in `memory`; see `backendOf`. */
export const createGemm = (kind: GemmKind, memory: WasmMemory, arena: ArrayBufferLike): Backend =>
  backendOf(kind, memory, arena, openblasFor(kind));

/** Prepares this process for a choice, and returns what needs Node: the functions of OpenBLAS, if it was chosen. */
export function openblasFor(kind: GemmKind): OpenblasProducts | undefined {
  if (kind === 'wasm-fused' || kind === 'openblas') enableFused();
  return kind === 'openblas' ? loadOpenblas() : undefined;
}

/** Whether the fused kernels compile; Node 20 needs a flag for that, which newer versions do not know. */
function enableFused(): boolean {
  if (offersFused(WebAssembly)) return true;
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');
  return offersFused(WebAssembly);
}
