import type { Backend } from '../Backend.ts';
import type { Kernels } from '../wasm/instantiateKernels.ts';
import type { Staging } from '../wasm/staging.ts';
import { wasmElementwise } from '../wasm/wasmElementwise.ts';
import { openblasMultiply, type OpenblasProducts } from './openblasMultiply.ts';

/** Products by OpenBLAS, in place wherever the arrays are; the rest by the WebAssembly kernels. */
export const openblasBackend = (openblas: OpenblasProducts, kernels: Kernels, staging: Staging): Backend => ({
  name: 'openblas',
  multiply: openblasMultiply(openblas),
  elementwise: wasmElementwise(kernels, staging),
});
