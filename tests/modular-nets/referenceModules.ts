import type { LayerModules } from '@im2grade/layers';
import { ConvMethod2 } from '../../reference/modular-nets/src/ConvMethod2.ts';
import { FullyConnected } from '../../reference/modular-nets/src/FullyConnected.ts';

/** The reference's layers; for tests, never for suites. */
export const referenceModules: LayerModules = { FullyConnected, ConvMethod2 };
