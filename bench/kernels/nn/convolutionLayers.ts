import { FusedConv2DLayer, fusedConvolution } from '@im2grade/fastconv';
import type { Geometry, Layer, NetworkOptions } from '@im2grade/nn';
import { Conv2DLayer } from '../../../reference/conv2d-gemm/src/Conv2DLayer.ts';
import { Im2MatLayer } from '../../../reference/conv2d-gemm/src/Im2MatLayer.ts';

/** The exercise's way, with the matrix of all patches, or the library's own, without it. */
export type ConvolutionForm = 'explicit' | 'fused';

/** The layers that make one convolution; the first one's ID is 1. */
export const convolutionLayers = (form: ConvolutionForm, geometry: Geometry): Layer[] =>
  form === 'explicit'
    ? [new Im2MatLayer(1, geometry), new Conv2DLayer(2, geometry)]
    : [new FusedConv2DLayer(1, geometry)];

/** The class of a network's convolutions. */
export const networkLayers = (form: ConvolutionForm): NetworkOptions['convolution'] & object =>
  form === 'explicit' ? { Im2MatLayer, Conv2DLayer } : fusedConvolution;
