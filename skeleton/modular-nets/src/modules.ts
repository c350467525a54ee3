import type { LayerModules } from '@im2grade/layers';
import { ConvMethod2 } from './ConvMethod2.ts';
import { FullyConnected } from './FullyConnected.ts';

/** Your layers: what the nets are built with. */
export const modules: LayerModules = { FullyConnected, ConvMethod2 };
