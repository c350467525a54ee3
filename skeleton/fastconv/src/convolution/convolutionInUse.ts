import { type Backend, backendInUse, kernelHostOf } from '@im2grade/engine';
import { wasmConvolution } from '../wasm/wasmConvolution.ts';
import { chunkedConvolution } from './chunkedConvolution.ts';
import type { ConvolutionBackend } from './ConvolutionBackend.ts';

const known = new WeakMap<Backend, ConvolutionBackend>();

/** Convolution kernels in the memory of the backend in use, or products of its `gemm` if it has no kernels. */
export function convolutionInUse(): ConvolutionBackend {
  const backend = backendInUse();
  const found = known.get(backend);
  if (found) return found;
  const host = kernelHostOf(backend);
  const convolution = host ? wasmConvolution(backend, host) : chunkedConvolution;
  known.set(backend, convolution);
  return convolution;
}
