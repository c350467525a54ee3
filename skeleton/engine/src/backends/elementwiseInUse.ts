import { gemmBackend } from '../gemm/gemm.ts';
import type { ElementwiseBackend } from './ElementwiseBackend.ts';
import { typescriptElementwise } from './typescriptElementwise.ts';

/** The kernels of the backend in use, or plain TypeScript. */
export const elementwiseInUse = (): ElementwiseBackend => gemmBackend().elementwise ?? typescriptElementwise;
