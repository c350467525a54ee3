import type { Backend } from '../Backend.ts';
import type { KernelForm } from './instantiateKernels.ts';
import type { Staging } from './staging.ts';
import type { WasmMemory, WebAssemblyApi } from './WebAssemblyApi.ts';

/** What other kernels need to share the memory of a backend. */
export interface KernelHost {
  readonly api: WebAssemblyApi;
  readonly memory: WasmMemory;
  readonly staging: Staging;
  readonly form: KernelForm;
}

const hosts = new WeakMap<Backend, KernelHost>();

/** Records the host of a backend, and returns the backend. */
export function withKernelHost(backend: Backend, host: KernelHost): Backend {
  hosts.set(backend, host);
  return backend;
}

/**
 * The host of a backend; undefined when it has no kernels or was made by another realm.
 *
 * A backend does not hold this itself: in a jail a submission can reach its backend, and would get WebAssembly back.
 */
export const kernelHostOf = (backend: Backend): KernelHost | undefined => hosts.get(backend);
