export { convolutionForward } from './convolution/convolutionForward.ts';
export { convolutionBackward } from './convolution/convolutionBackward.ts';
export { convolutionWorkspace } from './convolution/convolutionWorkspace.ts';
export { FusedConv2DLayer, fusedConvolution } from './FusedConv2DLayer.ts';
export { poolBackward, poolForward } from './pooling/pool.ts';
export { type PoolGeometry, poolGeometry } from './pooling/PoolGeometry.ts';
export type { PoolKind } from './pooling/PoolingBackend.ts';
export { PoolingLayer } from './PoolingLayer.ts';
