import { setFlagsFromString } from 'node:v8';
import {
  instantiateKernels,
  type KernelForm,
  offersFused,
  useGemmBackend,
  wasmBackend,
  type WebAssemblyApi,
} from '@im2grade/nn';
import { serve } from '../contest/serve.ts';
import type { ConvolutionForm } from '../nn/ConvolutionForm.ts';
import { explicitForm } from '../nn/explicitForm.ts';
import { prepareWithNn } from '../nn/prepareWithNn.ts';
import { sharedArena } from '../nn/sharedArena.ts';

const PAGE = 65536;
const ARENA_PAGES = 8192;

/** The ways to compute convolutions, by the name that the list of contestants gives. */
const FORMS: Readonly<Record<string, ConvolutionForm>> = { explicit: explicitForm };

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

/** `nn` on its WebAssembly kernels, all operands in their memory; arguments: the build, the form of convolutions. */
await serve(() => {
  const [build, form] = process.argv.slice(2) as [KernelForm, string];
  // Node 20 compiles relaxed SIMD behind this flag only; later ones do not know it and need none.
  if (build === 'fused' && !offersFused(WebAssembly)) setFlagsFromString('--experimental-wasm-relaxed-simd');
  const memory = new WebAssembly.Memory({ initial: ARENA_PAGES, maximum: 2 * ARENA_PAGES, shared: true });
  const { real, reset } = sharedArena(memory, ARENA_PAGES * PAGE);
  useGemmBackend(wasmBackend(memory, instantiateKernels(WebAssembly, memory, build), ARENA_PAGES * PAGE));
  return {
    version: `Node ${process.versions.node}`,
    prepare(what) {
      reset();
      return prepareWithNn(what, real, FORMS[form]);
    },
  };
});
