import type { WasmMemory, WebAssemblyApi } from '../backends/wasm/WebAssemblyApi.ts';

const PAGE = 65536;
/** What 32 bits can address, with room for what the kernels round up. */
const MAX_PAGES = 32768;

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

/** The first free byte of a run's memory: the kernels' compiler uses those before it. */
export const FIRST_FREE_BYTE = PAGE;

/** One memory for all arrays and threads of a run; untouched pages cost nothing. */
export const createSharedMemory = (bytes: number): WasmMemory =>
  new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) + 1, maximum: MAX_PAGES, shared: true });
