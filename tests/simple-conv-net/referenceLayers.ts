import type { Layers } from '@im2grade/simple-conv-net/src/network.ts';
import { conv2dScalar, conv2dVector } from '../../reference/simple-conv-net/src/conv2d.ts';
import { fcLayerScalar, fcLayerVector } from '../../reference/simple-conv-net/src/fcLayer.ts';
import { pool2dScalar, pool2dVector } from '../../reference/simple-conv-net/src/pool2d.ts';
import { reluScalar, reluVector } from '../../reference/simple-conv-net/src/relu.ts';
import { reshapeScalar, reshapeVector } from '../../reference/simple-conv-net/src/reshape.ts';

/** The reference's layers, in both forms; for tests and for training, never for suites. */
export const referenceLayers: Readonly<Record<'scalar' | 'vector', Layers>> = {
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
