import { conv2dScalar, conv2dVector } from './conv2d.ts';
import { fcLayerScalar, fcLayerVector } from './fcLayer.ts';
import type { Layers } from './network.ts';
import { pool2dScalar, pool2dVector } from './pool2d.ts';
import { reluScalar, reluVector } from './relu.ts';
import { reshapeScalar, reshapeVector } from './reshape.ts';

/** The two ways in which you write every layer. */
export const VARIANTS = ['scalar', 'vector'] as const;
export type Variant = (typeof VARIANTS)[number];

/** Your layers, in both forms. */
export const layers: Readonly<Record<Variant, Layers>> = {
  scalar: {
    conv2d: conv2dScalar,
    pool2d: pool2dScalar,
    reshape: reshapeScalar,
    relu: reluScalar,
    fcLayer: fcLayerScalar,
  },
  vector: {
    conv2d: conv2dVector,
    pool2d: pool2dVector,
    reshape: reshapeVector,
    relu: reluVector,
    fcLayer: fcLayerVector,
  },
};
