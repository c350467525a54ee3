import { type ConvolutionLayers, FusedConv2DLayer, type Geometry, Layer } from '@im2grade/nn';
import { Conv2DLayer } from '../../../reference/conv2d-gemm/src/Conv2DLayer.ts';
import { Im2MatLayer } from '../../../reference/conv2d-gemm/src/Im2MatLayer.ts';

/** The exercise's way, with the matrix of all patches, or the library's own, without. */
export type ConvolutionForm = 'explicit' | 'fused';

/** The layers that make one convolution; the first one's ID is 1. */
export const convolutionLayers = (form: ConvolutionForm, geometry: Geometry): Layer[] =>
  form === 'explicit'
    ? [new Im2MatLayer(1, geometry), new Conv2DLayer(2, geometry)]
    : [new FusedConv2DLayer(1, geometry)];

/** What a network makes its first convolution of. */
export const networkLayers = (form: ConvolutionForm): ConvolutionLayers =>
  form === 'explicit' ? { Im2MatLayer, Conv2DLayer } : { Im2MatLayer: PassOn, Conv2DLayer: FirstFused };

/** Stands where a network has an `Im2MatLayer`; its copy of a batch takes a thousandth of a step's time. */
class PassOn extends Layer {
  constructor(ID: number, { InY, InX, InC }: Geometry) {
    super(InY * InX * InC, ID);
  }

  override forward(...[act, , team]: Parameters<Layer['forward']>): void {
    const [begin, end] = team.share(act[this.ID].output.length);
    act[this.ID].output.set(act[this.ID - 1].output.subarray(begin, end), begin);
    team.barrier();
  }

  /** Nothing learns before it. */
  override backward(): void {}

  override banner(): string {
    return '';
  }
}

class FirstFused extends FusedConv2DLayer {
  constructor(ID: number, geometry: Geometry) {
    super(ID, geometry, { isFirst: true });
  }
}
