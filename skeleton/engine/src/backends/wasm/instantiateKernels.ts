import { FUSED, PLAIN } from './binaries.ts';
import type { WasmMemory, WebAssemblyApi } from './WebAssemblyApi.ts';

/** The exports of `assembly/index.ts`; pointers in bytes, leading dimensions in elements. */
export interface Kernels {
  workBytes(): number;
  gemm32: KernelGemm;
  gemm64: KernelGemm;
  convolutionBytes32(sizes: number): number;
  convolutionBytes64(sizes: number): number;
  convolutionForward32: KernelForward;
  convolutionForward64: KernelForward;
  convolutionBackward32: KernelBackward;
  convolutionBackward64: KernelBackward;
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

/** A product that the kernels leave to their host; every argument a number, truths 0 or 1. See `assembly/convolution.ts`. */
export type HostProduct = (
  bytes: number,
  transA: number,
  transB: number,
  M: number,
  N: number,
  K: number,
  a: number,
  lda: number,
  b: number,
  ldb: number,
  adds: number,
  c: number,
  ldc: number,
) => void;

type KernelForward = (
  sizes: number,
  image: number,
  weights: number,
  biases: number,
  output: number,
  workspace: number,
) => void;

type KernelBackward = (
  sizes: number,
  image: number,
  weights: number,
  dOutput: number,
  dWeights: number,
  dBiases: number,
  dImage: number,
  needsImage: boolean,
  workspace: number,
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

/** With a product and a sum for each step, or with both fused, where the engine offers that. */
export type KernelForm = 'plain' | 'fused';

/**
 * The module's exports on a memory, compiled at once: 20 KB take a few milliseconds.
 *
 * @param product - for those who ask convolutions to leave products to it
 */
export function instantiateKernels(
  api: WebAssemblyApi,
  memory: WasmMemory,
  form: KernelForm,
  product: HostProduct = () => {},
): Kernels {
  return new api.Instance(new api.Module(bytesOf(form)), { env: { memory, product } }).exports as Kernels;
}

/** Whether this engine compiles the fused kernels. */
export const offersFused = (api: WebAssemblyApi): boolean => api.validate(bytesOf('fused'));

function bytesOf(form: KernelForm): Uint8Array<ArrayBuffer> {
  return decodeBase64(form === 'plain' ? PLAIN : FUSED);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Written out, because a realm with ECMAScript alone has no `atob`. */
function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const length = text.length * 0.75 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
  const bytes = new Uint8Array(length);
  for (let i = 0, at = 0; i < text.length; i += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((j) => Math.max(0, ALPHABET.indexOf(text[i + j])));
    const word = (a << 18) | (b << 12) | (c << 6) | d;
    for (const shift of [16, 8, 0]) if (at < length) bytes[at++] = (word >> shift) & 255;
  }
  return bytes;
}
