import { instantiate, type KernelHost } from '@im2grade/engine';
import { FUSED, PLAIN } from './binaries.ts';

/** The exports of `assembly/convolution.ts`; pointers in bytes. */
export interface ConvolutionKernels {
  convolutionBytes32(sizes: number): number;
  convolutionBytes64(sizes: number): number;
  convolutionForward32: KernelForward;
  convolutionForward64: KernelForward;
  convolutionBackward32: KernelBackward;
  convolutionBackward64: KernelBackward;
}

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

/** The kernels in the memory of a backend, in its arithmetic. */
export const convolutionKernels = ({ api, memory, form }: KernelHost, product: HostProduct): ConvolutionKernels =>
  instantiate(api, form === 'plain' ? PLAIN : FUSED, memory, { product }) as ConvolutionKernels;
