import { sizeOf, type Tensor, tensor } from '@im2grade/tensor';
import {
  assertProperty,
  assertSizes,
  type CaseData,
  convolutions,
  convolved,
  type ConvolutionSizes,
  explainByMistake,
  LARGE_CONVOLUTIONS,
  nchw,
  once,
  ordinaryData,
  PLAIN_CONVOLUTIONS,
  randomData,
  type RandomData,
  type Subject,
  workShowsIn,
} from '@im2grade/kit';
import { calls, type Form } from '../calls.ts';
import { AXES, type Context, expectDefinition, expectZOf } from './expectZ.ts';
import { expectAsInSquares, expectImagesAlone, type OnImages } from './imageRelations.ts';

type Features = Parameters<typeof convolutions>[0];

/** Numbers for one convolution: images, kernels, biases. */
function convolutionTensors({ real }: RandomData, s: ConvolutionSizes) {
  const make = (...shape: number[]) => tensor(shape, real(sizeOf(shape)));
  return { x: make(s.N, s.C, s.H, s.W), weight: make(s.Cout, s.C, s.K, s.K), bias: make(s.Cout) };
}

workShowsIn(
  PLAIN_CONVOLUTIONS.flatMap((s) => {
    const { x, weight, bias } = convolutionTensors(randomData(0, s), s);
    return [calls.conv2d('scalar', x, weight, bias), calls.conv2d('vector', x, weight, bias), calls.im2col(x, s.K)];
  }),
);

async function expectConvolution(submission: Subject, form: Form, s: ConvolutionSizes, data: CaseData): Promise<void> {
  const { x, weight, bias } = convolutionTensors(data, s);
  const expected = nchw.conv2d(s, x.data, weight.data, bias.data);
  const plane = convolved(s).reduce((a, b) => a * b);
  const biasOf = (i: number) => bias.data[Math.floor(i / plane) % s.Cout];
  const flipped = once((): Float64Array => {
    const reversed = weight.data.slice();
    for (let k = 0; k < reversed.length; k += s.K * s.K) reversed.subarray(k, k + s.K * s.K).reverse();
    return nchw.conv2d(s, x.data, reversed, bias.data).values;
  });
  const firstChannel = once((): Float64Array => {
    const only = weight.data.map((value, k) => (Math.floor(k / (s.K * s.K)) % s.C === 0 ? value : 0));
    return nchw.conv2d(s, x.data, only, bias.data).values;
  });
  await expectZOf(submission, data, {
    call: calls.conv2d(form, x, weight, bias),
    law: 'z[n][co][m][l] = Σ x[n][ci][m + i][l + j] · weight[co][ci][i][j] + bias[co]',
    axes: AXES.maps,
    expected,
    geometry: { ...s },
    inputs: [
      { name: 'x', axes: AXES.x, value: x },
      { name: 'weight', axes: AXES.weight, value: weight },
      { name: 'bias', axes: ['co'], value: bias },
    ],
    explain: explainByMistake(expected.values, {
      'the bias is missing': (value, i) => value - biasOf(i),
      'the bias is added for every channel: add it once': (value, i) => value + (s.C - 1) * biasOf(i),
      'the kernel is flipped: i and j count upwards in x and in weight': (_, i) => flipped()[i],
      'only the first channel is summed': (_, i) => firstChannel()[i],
    }),
  });
}

async function expectColumns(submission: Subject, s: ConvolutionSizes, data: CaseData): Promise<void> {
  const { x } = convolutionTensors(data, s);
  await expectZOf(submission, data, {
    call: calls.im2col(x, s.K),
    law: 'element (ci·K + i)·K + j of column m·(W − K + 1) + l is x[n][ci][m + i][l + j]',
    axes: AXES.columns,
    expected: nchw.im2col(s, x.data),
    geometry: { ...s },
    inputs: [{ name: 'x', axes: AXES.x, value: x }],
  });
}

const RUNS_ON_BATCHES = 15;
/** More than a block of 16 or 64 has, by one or by a few, and more than a byte counts. */
const LARGE_BATCHES = [17, 67, 260];
/** A batch has these images again and again, in an irregular order. */
const FEW_IMAGES: ConvolutionSizes = { N: 3, C: 1, H: 3, W: 3, Cout: 1, K: 2 };
const irregular = (length: number): number[] => Array.from({ length }, (_, n) => ((n * n) % 11) % FEW_IMAGES.N);

/** Several of everything at once. */
const NON_SQUARE_BATCHES: readonly ConvolutionSizes[] = [
  { N: 3, C: 2, H: 3, W: 5, Cout: 2, K: 2 },
  { N: 2, C: 3, H: 6, W: 4, Cout: 1, K: 3 },
];

type Expect = (submission: Subject, s: ConvolutionSizes, data: CaseData) => Promise<void>;
type Criteria = Readonly<
  Record<'definition' | 'channels' | 'batch' | 'nonSquare', (context: Context) => Promise<void>>
>;

/** What a function of images is examined for; each on sizes that have one feature. */
const ofImages = (expect: Expect, on: (s: ConvolutionSizes, data: CaseData) => OnImages): Criteria => {
  const large = (wanted: (s: ConvolutionSizes) => boolean) => LARGE_CONVOLUTIONS.filter(wanted);
  const examined =
    (features: Features, sizes: readonly ConvolutionSizes[]) =>
    async ({ submission, seed }: Context): Promise<void> => {
      await assertProperty(seed, convolutions(features), (s) => expect(submission, s, ordinaryData(seed, s)));
      await assertSizes(seed, sizes, (s, data) => expect(submission, s, data));
    };
  const nonSquare = examined(
    { nonSquare: true },
    large(({ N, C }) => N === 1 && C === 1),
  );
  return {
    definition: ({ submission, seed }) =>
      expectDefinition(seed, convolutions(), [], (s, data) => expect(submission, s, data)),
    channels: examined(
      { channels: true },
      large(({ C }) => C > 1),
    ),
    async batch({ submission, seed }) {
      // Each case is a call for every image.
      await assertProperty(
        seed,
        convolutions({ batch: true, channels: true }),
        (s) => expectImagesAlone(submission, on(s, ordinaryData(seed, s))),
        RUNS_ON_BATCHES,
      );
      await assertSizes(seed, LARGE_BATCHES, (count, data) =>
        expectImagesAlone(submission, on(FEW_IMAGES, data), irregular(count)),
      );
    },
    async nonSquare({ submission, seed }) {
      await nonSquare({ submission, seed });
      for (const s of NON_SQUARE_BATCHES) {
        const side = Math.max(s.H, s.W);
        await expectAsInSquares(submission, on({ ...s, H: side, W: side }, ordinaryData(seed, s)), s);
      }
    },
  };
};

export const conv2d = (form: Form): Criteria =>
  ofImages(
    (submission, s, data) => expectConvolution(submission, form, s, data),
    (s, data) => {
      const { x: images, weight, bias } = convolutionTensors(data, s);
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
    },
  );

export const im2col: Criteria = ofImages(expectColumns, (s, data) => ({
  x: convolutionTensors(data, s).x,
  lawOn: (x, values) => ({
    call: calls.im2col(x, s.K),
    axes: AXES.columns,
    expected: values ?? nchw.im2col(sizesOf(s, x), x.data),
    geometry: { ...sizesOf(s, x) },
    inputs: [{ name: 'x', axes: AXES.x, value: x }],
  }),
}));

const sizesOf = (s: ConvolutionSizes, { shape: [N, C, H, W] }: Tensor): ConvolutionSizes => ({ ...s, N, C, H, W });

export const convWeight2rows = ({ submission, seed }: Context): Promise<void> =>
  expectDefinition(seed, convolutions({ channels: true }), [], async (s, data) => {
    const { weight } = convolutionTensors(data, s);
    await expectZOf(submission, data, {
      call: calls.convWeight2rows(weight),
      law: 'row co holds weight[co], channel after channel, row after row',
      axes: AXES.rows,
      expected: Float64Array.from(weight.data),
      geometry: { ...s },
      inputs: [{ name: 'weight', axes: AXES.weight, value: weight }],
    });
  });
