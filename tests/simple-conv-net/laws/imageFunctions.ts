import { ALL, sizeOf, slice, type Tensor, tensor, zeros } from '@im2grade/tensor';
import { type CaseData, type ConvolutionSizes, nchw, type RandomData } from '@im2grade/kit';
import { calls, type Form } from '../calls.ts';
import { AXES } from './expectZ.ts';
import { joined, type OnChannels, type OnImages } from './imageRelations.ts';

/** What one convolution is made of. */
interface ConvolutionTensors {
  readonly x: Tensor;
  readonly weight: Tensor;
  readonly bias: Tensor;
}

/** Numbers for one convolution. */
export function convolutionTensors({ real }: RandomData, s: ConvolutionSizes): ConvolutionTensors {
  const make = (...shape: number[]) => tensor(shape, real(sizeOf(shape)));
  return { x: make(s.N, s.C, s.H, s.W), weight: make(s.Cout, s.C, s.K, s.K), bias: make(s.Cout) };
}

/** A function of images, of which a batch and its channels are compared with their parts. */
export interface ImageFunction {
  on(s: ConvolutionSizes, data: CaseData): OnImages;
  onChannels(s: ConvolutionSizes, data: CaseData): OnChannels;
}

export const convolution = (form: Form): ImageFunction => ({
  on: (s, data) => convolutionOn(form, s, convolutionTensors(data, s)),
  onChannels(s, data) {
    const { x, weight, bias } = convolutionTensors(data, s);
    const channel = (_: unknown, ci: number): OnImages => {
      const [ofX, ofWeight] = [x, weight].map((all) => slice(all, [ALL, [ci, ci + 1]]));
      const ofBias = ci === 0 ? bias : zeros(bias.shape);
      return convolutionOn(form, s, { x: ofX, weight: ofWeight, bias: ofBias });
    };
    return {
      whole: convolutionOn(form, s, { x, weight, bias }),
      channels: Array.from({ length: s.C }, channel),
      together: ([first, ...others]) => first.map((z, i) => others.reduce((sum, other) => sum + other[i], z)),
      law: 'the result for several channels is the sum of the results for each alone, with the bias in the first',
    };
  },
});

function convolutionOn(form: Form, s: ConvolutionSizes, { x: images, weight, bias }: ConvolutionTensors): OnImages {
  const lawOn: OnImages['lawOn'] = (x, values) => {
    const sizes = sizesOf(s, x);
    const oracle = nchw.conv2d(sizes, x.data, weight.data, bias.data);
    return {
      call: calls.conv2d(form, x, weight, bias),
      axes: AXES.maps,
      expected: { ...oracle, values: values ?? oracle.values },
      geometry: { ...sizes },
      inputs: [
        { name: 'x', axes: AXES.x, value: x },
        { name: 'weight', axes: AXES.weight, value: weight },
        { name: 'bias', axes: ['co'], value: bias },
      ],
    };
  };
  return { x: images, lawOn };
}

export const columns: ImageFunction = {
  on: (s, data) => columnsOn(s, convolutionTensors(data, s).x),
  onChannels(s, data) {
    const { x } = convolutionTensors(data, s);
    return {
      whole: columnsOn(s, x),
      channels: Array.from({ length: s.C }, (_, ci) => columnsOn(s, slice(x, [ALL, [ci, ci + 1]]))),
      together: joined,
      law: 'the result for several channels of one image is the results for each alone, one below the other',
    };
  },
};

const columnsOn = (s: ConvolutionSizes, images: Tensor): OnImages => ({
  x: images,
  lawOn: (x, values) => ({
    call: calls.im2col(x, s.K),
    axes: AXES.columns,
    expected: values ?? nchw.im2col(sizesOf(s, x), x.data),
    geometry: { ...sizesOf(s, x) },
    inputs: [{ name: 'x', axes: AXES.x, value: x }],
  }),
});

const sizesOf = (s: ConvolutionSizes, { shape: [N, C, H, W] }: Tensor): ConvolutionSizes => ({ ...s, N, C, H, W });
