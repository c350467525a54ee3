import { sizeOf, type Tensor, tensor } from '@im2grade/tensor';
import {
  assertProperty,
  assertSizes,
  type Call,
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
import { AXES, type Context, expectDefinition, expectZ, expectZOf } from './expectZ.ts';

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

type Expect = (submission: Subject, s: ConvolutionSizes, data: CaseData) => Promise<void>;
type Criteria = Readonly<
  Record<'definition' | 'channels' | 'batch' | 'nonSquare', (context: Context) => Promise<void>>
>;

/** What a function of images is examined for; each on sizes that have one feature. */
const ofImages = (expect: Expect, expectImages: Expect): Criteria => {
  const large = (wanted: (s: ConvolutionSizes) => boolean) => LARGE_CONVOLUTIONS.filter(wanted);
  const examined =
    (features: Features, sizes: readonly ConvolutionSizes[]) =>
    async ({ submission, seed }: Context): Promise<void> => {
      await assertProperty(seed, convolutions(features), (s) => expect(submission, s, ordinaryData(seed, s)));
      await assertSizes(seed, sizes, (s, data) => expect(submission, s, data));
    };
  return {
    definition: ({ submission, seed }) =>
      expectDefinition(seed, convolutions(), [], (s, data) => expect(submission, s, data)),
    channels: examined(
      { channels: true },
      large(({ C }) => C > 1),
    ),
    // Each case is a call for every image.
    batch: ({ submission, seed }) =>
      assertProperty(
        seed,
        convolutions({ batch: true, channels: true }),
        (s) => expectImages(submission, s, ordinaryData(seed, s)),
        RUNS_ON_BATCHES,
      ),
    nonSquare: examined(
      { nonSquare: true },
      large(({ N, C }) => N === 1 && C === 1),
    ),
  };
};

/** Image n of a tensor, as a batch of one. */
function imageOf({ shape: [, ...rest], data }: Tensor, n: number): Tensor {
  const size = sizeOf(rest);
  return tensor([1, ...rest], data.slice(n * size, (n + 1) * size));
}

/** The submission's own results for the images of x, one after the other: wrong ones are charged elsewhere. */
async function oneByOne(submission: Subject, x: Tensor, call: (image: Tensor) => Call): Promise<Float64Array> {
  const parts: Float64Array[] = [];
  for (let n = 0; n < x.shape[0]; n++)
    parts.push((await submission.call(call(imageOf(x, n)))).outputs[0] as Float64Array);
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

const IMAGES_ALONE = 'the result of a batch is the results of its images, one after the other';

export const conv2d = (form: Form): Criteria =>
  ofImages(
    (submission, s, data) => expectConvolution(submission, form, s, data),
    async (submission, s, data) => {
      const { x, weight, bias } = convolutionTensors(data, s);
      const values = await oneByOne(submission, x, (image) => calls.conv2d(form, image, weight, bias));
      await expectZ(submission, {
        call: calls.conv2d(form, x, weight, bias),
        law: IMAGES_ALONE,
        against: 'other-inputs',
        axes: AXES.maps,
        expected: { ...nchw.conv2d(s, x.data, weight.data, bias.data), values },
        geometry: { ...s },
        inputs: [
          { name: 'x', axes: AXES.x, value: x },
          { name: 'weight', axes: AXES.weight, value: weight },
          { name: 'bias', axes: ['co'], value: bias },
        ],
      });
    },
  );

export const im2col: Criteria = ofImages(expectColumns, async (submission, s, data) => {
  const { x } = convolutionTensors(data, s);
  await expectZ(submission, {
    call: calls.im2col(x, s.K),
    law: IMAGES_ALONE,
    against: 'other-inputs',
    axes: AXES.columns,
    expected: await oneByOne(submission, x, (image) => calls.im2col(image, s.K)),
    geometry: { ...s },
    inputs: [{ name: 'x', axes: AXES.x, value: x }],
  });
});

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
