import { FUSED, PLAIN } from './binaries.ts';
import { decodeBase64, instantiate } from './instantiate.ts';
import type { WasmMemory, WebAssemblyApi } from './WebAssemblyApi.ts';

/** The exports of `assembly/index.ts`; pointers in bytes, leading dimensions in elements. */
export interface Kernels {
  workBytes(): number;
  gemm32: KernelGemm;
  gemm64: KernelGemm;
  momentum32: KernelMomentum;
  momentum64: KernelMomentum;
  adam32: KernelAdam;
  adam64: KernelAdam;
  rectify32: KernelRectify;
  rectify64: KernelRectify;
}

type KernelGemm = (
  transA: boolean,
  transB: boolean,
  M: number,
  N: number,
  K: number,
  alpha: number,
  a: number,
  lda: number,
  b: number,
  ldb: number,
  beta: number,
  c: number,
  ldc: number,
  work: number,
) => void;

type KernelMomentum = (
  parameters: number,
  gradients: number,
  steps: number,
  count: number,
  momentum: number,
  learningRate: number,
  share: number,
  l2: number,
) => void;

type KernelAdam = (
  parameters: number,
  gradients: number,
  means: number,
  squares: number,
  count: number,
  learningRate: number,
  share: number,
  l2: number,
  fresh1: number,
  fresh2: number,
  epsilon: number,
) => void;

type KernelRectify = (inputs: number, values: number, result: number, count: number, slope: number) => void;

/** With a product and a sum for each step, or with both fused, if the engine offers that. */
export type KernelForm = 'plain' | 'fused';

/** The kernels on a memory. */
export const instantiateKernels = (api: WebAssemblyApi, memory: WasmMemory, form: KernelForm): Kernels =>
  instantiate(api, form === 'plain' ? PLAIN : FUSED, memory) as Kernels;

/** Whether this engine compiles the fused kernels. */
export const offersFused = (api: WebAssemblyApi): boolean => api.validate(decodeBase64(FUSED));
