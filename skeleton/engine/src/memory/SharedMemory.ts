import type { WasmMemory, WebAssemblyApi } from '../backends/wasm/WebAssemblyApi.ts';

const PAGE = 65536;
/** As much as 32 bits of address reach with room for what the kernels round up. */
const MAX_PAGES = 32768;

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

/** The first bytes of a run's memory that are free: before them lies what the kernels' compiler put there. */
export const FIRST_FREE_BYTE = PAGE;

/** One memory for all arrays of a run and all its threads; pages that nobody touches cost nothing. */
export const createSharedMemory = (bytes: number): WasmMemory =>
  new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) + 1, maximum: MAX_PAGES, shared: true });
