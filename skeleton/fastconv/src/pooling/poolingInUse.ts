import { type Backend, backendInUse, kernelHostOf } from '@im2grade/engine';
import { wasmPooling } from '../wasm/wasmPooling.ts';
import { plainPooling } from './plainPooling.ts';
import type { PoolingBackend } from './PoolingBackend.ts';

const known = new WeakMap<Backend, PoolingBackend>();

/** Pooling kernels in the memory of the backend in use, or plain TypeScript if it has no kernels. */
export function poolingInUse(): PoolingBackend {
  const backend = backendInUse();
  const found = known.get(backend);
  if (found) return found;
  const host = kernelHostOf(backend);
  const pooling = host ? wasmPooling(host) : plainPooling;
  known.set(backend, pooling);
  return pooling;
}
