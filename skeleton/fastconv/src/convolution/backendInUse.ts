import { gemmBackend } from '../gemm/gemm.ts';
import { chunkedConvolution } from './chunkedConvolution.ts';
import type { ConvolutionBackend } from './ConvolutionBackend.ts';

/** The kernels of the backend in use, or products of its `gemm`. */
export const backendInUse = (): ConvolutionBackend => gemmBackend().convolution ?? chunkedConvolution;
