import { instantiate, type KernelHost } from '@im2grade/engine';
import type { PoolKind } from '../pooling/PoolingBackend.ts';
import { FUSED, PLAIN } from './binaries.ts';

type Forward = (sizes: number, image: number, output: number) => void;
type Backward = (sizes: number, image: number, output: number, dOutput: number, dImage: number) => void;

/** The exports of `assembly/pooling.ts`; pointers in bytes. */
export type PoolingKernels = Readonly<Record<`${PoolKind}Forward${32 | 64}`, Forward>> &
  Readonly<Record<`${PoolKind}Backward${32 | 64}`, Backward>>;

/** The kernels in the memory of a backend; they compute no products. */
export const poolingKernels = ({ api, memory, form }: KernelHost): PoolingKernels =>
  instantiate(api, form === 'plain' ? PLAIN : FUSED, memory, { product: () => {} }) as PoolingKernels;
