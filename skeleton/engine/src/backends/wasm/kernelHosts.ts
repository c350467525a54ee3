import type { Backend } from '../Backend.ts';
import type { KernelForm } from './instantiateKernels.ts';
import type { Staging } from './staging.ts';
import type { WasmMemory, WebAssemblyApi } from './WebAssemblyApi.ts';

/** What other kernels need to work beside those of a backend, on the same memory. */
export interface KernelHost {
  readonly api: WebAssemblyApi;
  readonly memory: WasmMemory;
  readonly staging: Staging;
  readonly form: KernelForm;
}

const hosts = new WeakMap<Backend, KernelHost>();

/** Notes what other kernels need to work beside the backend, and returns it. */
export function withKernelHost(backend: Backend, host: KernelHost): Backend {
  hosts.set(backend, host);
  return backend;
}

/**
 * What other kernels need to work beside the backend; undefined when it has no kernels, and when another realm has made it.
 *
 * A backend does not hold this itself: in a jail a submission can get hold of its backend, and would have WebAssembly again.
 */
export const kernelHostOf = (backend: Backend): KernelHost | undefined => hosts.get(backend);
