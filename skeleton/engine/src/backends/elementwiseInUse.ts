import { backendInUse } from '../runtime.ts';
import type { ElementwiseBackend } from './ElementwiseBackend.ts';
import { typescriptElementwise } from './typescript/typescriptElementwise.ts';

/** The kernels of the backend in use, or plain TypeScript. */
export const elementwiseInUse = (): ElementwiseBackend => backendInUse().elementwise ?? typescriptElementwise;
