export { convolutionForward } from './convolution/convolutionForward.ts';
export { convolutionBackward } from './convolution/convolutionBackward.ts';
export { convolutionWorkspace } from './convolution/convolutionWorkspace.ts';
export { FusedConv2DLayer, fusedConvolution } from './FusedConv2DLayer.ts';
