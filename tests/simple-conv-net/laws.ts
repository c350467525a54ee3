import { sizeOf, type Tensor, tensor } from '@im2grade/tensor';
import {
  assertDefinition,
  assertSizes,
  type Call,
  type CaseData,
  convolutions,
  convolved,
  type ConvolutionSizes,
  type CriterionContext,
  exactly,
  type Subject,
  expectInputsUntouched,
  expectCase,
  expectLaw,
  expectResultsKept,
  explainByMistake,
  type Law,
  assertProperty,
  type ImageSizes,
  LARGE_CONVOLUTIONS,
  LARGE_IMAGES,
  LARGE_LINEAR_LAYERS,
  linearLayers,
  nchw,
  ordinaryData,
  pooledImages,
  randomData,
  type RandomData,
} from '@im2grade/kit';
import { calls, type Form } from './calls.ts';

/** The names of the axes of every tensor, in its order. */
const AXES = {
  x: ['n', 'ci', 'y', 'x'],
  a: ['n', 'c', 'y', 'x'],
  weight: ['co', 'ci', 'i', 'j'],
  maps: ['n', 'co', 'm', 'l'],
  pooled: ['n', 'c', 'm', 'l'],
  columns: ['n', 'row', 'column'],
  rows: ['co', 'column'],
  matrix: ['n', 'j'],
  vector: ['j'],
} as const;

/** Every function here returns one tensor, z. */
const expectZ = (submission: Subject, law: Omit<Law, 'name'>): Promise<void> =>
  expectLaw(submission, { name: 'z', ...law });
const expectZOf = (submission: Subject, data: CaseData, law: Omit<Law, 'name'>): Promise<void> =>
  expectCase(submission, data, { name: 'z', ...law });

type Features = Parameters<typeof convolutions>[0];
type Context = Pick<CriterionContext, 'submission' | 'seed'>;

/** Numbers for one convolution: images, kernels, biases. */
function convolutionTensors({ real }: RandomData, s: ConvolutionSizes) {
  const make = (...shape: number[]) => tensor(shape, real(sizeOf(shape)));
  return { x: make(s.N, s.C, s.H, s.W), weight: make(s.Cout, s.C, s.K, s.K), bias: make(s.Cout) };
}

async function expectConvolution(submission: Subject, form: Form, s: ConvolutionSizes, data: CaseData): Promise<void> {
  const { x, weight, bias } = convolutionTensors(data, s);
  const expected = nchw.conv2d(s, x.data, weight.data, bias.data);
  const plane = convolved(s).reduce((a, b) => a * b);
  const biasOf = (i: number) => bias.data[Math.floor(i / plane) % s.Cout];
  const flipped = (): Float64Array => {
    const reversed = weight.data.slice();
    for (let k = 0; k < reversed.length; k += s.K * s.K) reversed.subarray(k, k + s.K * s.K).reverse();
    return nchw.conv2d(s, x.data, reversed, bias.data).values;
  };
  const firstChannel = (): Float64Array => {
    const only = weight.data.map((value, k) => (Math.floor(k / (s.K * s.K)) % s.C === 0 ? value : 0));
    return nchw.conv2d(s, x.data, only, bias.data).values;
  };
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
      assertDefinition(seed, convolutions(), [], (s, data) => expect(submission, s, data)),
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
  assertDefinition(seed, convolutions({ channels: true }), [], async (s, data) => {
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

/** Coarse numbers, so that several in a window are the same. */
const withTies = (values: ArrayLike<number>): Float64Array =>
  Float64Array.from(values, (v) => Math.round(2 * v) / 2 + 0);

async function expectPooled(
  submission: Subject,
  form: Form,
  s: ImageSizes,
  values: Tensor['data'],
  data: CaseData,
): Promise<void> {
  const a = tensor([s.N, s.C, s.H, s.W], values);
  const expected = nchw.pool2d(s, values);
  await expectZOf(submission, data, {
    call: calls.pool2d(form, a),
    law: 'z[n][c][m][l] is the largest of a[n][c][2m … 2m + 1][2l … 2l + 1]',
    axes: AXES.pooled,
    expected: exactly(expected),
    geometry: { ...s },
    inputs: [{ name: 'a', axes: AXES.a, value: a }],
    explain: explainByMistake(expected, {
      'the maximum begins at 0: begin it with one of the four': (value) => Math.max(0, value),
    }),
  });
}

/** All kinds; all below zero, so that a maximum that begins at zero shows; and with equal ones. */
async function expectPooledOfAllKinds(submission: Subject, form: Form, s: ImageSizes, data: CaseData): Promise<void> {
  const values = data.real(s.N * s.C * s.H * s.W);
  const below = Float64Array.from(values, (value) => -Math.abs(value));
  for (const kind of [values, below, withTies(values)]) await expectPooled(submission, form, s, kind, data);
}

export const pool2d = (form: Form): Record<'definition' | 'odd', (context: Context) => Promise<void>> => ({
  definition: ({ submission, seed }) =>
    assertDefinition(seed, pooledImages(), [], (s, data) => expectPooledOfAllKinds(submission, form, s, data)),
  async odd({ submission, seed }) {
    const expect = (s: ImageSizes, data: CaseData) => expectPooledOfAllKinds(submission, form, s, data);
    await assertProperty(seed, pooledImages({ odd: true }), (s) => expect(s, ordinaryData(seed, s)));
    await assertSizes(seed, LARGE_IMAGES, expect);
  },
});

export const relu =
  (form: Form) =>
  ({ submission, seed }: Context): Promise<void> =>
    assertDefinition(seed, linearLayers(), LARGE_LINEAR_LAYERS, async (s, data) => {
      const values = data.real(s.N * s.D);
      // A zero stays one.
      values[0] = 0;
      const a = tensor([s.N, s.D], values);
      await expectZOf(submission, data, {
        call: calls.relu(form, a),
        law: 'z = max(0, a)',
        axes: AXES.matrix,
        expected: exactly(nchw.relu(values)),
        geometry: { N: s.N, D: s.D },
        inputs: [{ name: 'a', axes: AXES.matrix, value: a }],
      });
    });

export const reshape =
  (form: Form) =>
  ({ submission, seed }: Context): Promise<void> =>
    assertDefinition(seed, pooledImages({ odd: true }), LARGE_IMAGES, async (s, data) => {
      const a = tensor([s.N, s.C, s.H, s.W], data.real(s.N * s.C * s.H * s.W));
      await expectZOf(submission, data, {
        call: calls.reshape(form, a),
        law: 'z[n][(c·H + m)·W + l] = a[n][c][m][l]',
        axes: AXES.matrix,
        expected: Float64Array.from(a.data),
        geometry: { ...s },
        inputs: [{ name: 'a', axes: AXES.a, value: a }],
      });
    });

export const fcLayer =
  (form: Form) =>
  ({ submission, seed }: Context): Promise<void> =>
    assertDefinition(seed, linearLayers(), LARGE_LINEAR_LAYERS, async (s, data) => {
      const { real } = data;
      const a = tensor([s.N, s.D], real(s.N * s.D));
      const weight = tensor([s.P, s.D], real(s.P * s.D));
      const bias = tensor([s.P], real(s.P));
      const expected = nchw.fcLayer(s, a.data, weight.data, bias.data);
      await expectZOf(submission, data, {
        call: calls.fcLayer(form, a, weight, bias),
        law: 'z[n][j] = Σ weight[j][i] · a[n][i] + bias[j]',
        axes: AXES.matrix,
        expected,
        geometry: { ...s },
        inputs: [
          { name: 'a', axes: ['n', 'i'], value: a },
          { name: 'weight', axes: ['j', 'i'], value: weight },
          { name: 'bias', axes: AXES.vector, value: bias },
        ],
        explain: explainByMistake(expected.values, {
          'the bias is missing': (value, i) => value - bias.data[i % s.P],
          'the product is with weight, not with its transpose': (_, i) =>
            nchw.fcLayer(s, a.data, transposed(weight), bias.data).values[i],
        }),
      });
    });

/** The numbers of a weight [P][D] that is read as [D][P]. */
const transposed = ({ shape: [P, D], data }: Tensor): Float64Array =>
  Float64Array.from(data, (_, at) => data[(at % D) * P + Math.floor(at / D)]);

/** Calls every function of one form, and checks its inputs and its result afterwards. */
export async function inputsUntouched({ submission, seed }: Context, form: Form): Promise<void> {
  const real = (name: string, ...shape: number[]) =>
    tensor(shape, randomData(seed, name).real(shape.reduce((a, b) => a * b, 1)));
  const [x, matrix, weight] = [real('x', 2, 2, 6, 5), real('matrix', 3, 4), real('weight', 3, 2, 3, 3)];
  const ofVector = [calls.im2col(x, 3), calls.convWeight2rows(weight)];
  const all: Call[] = [
    calls.conv2d(form, x, weight, real('bias', 3)),
    calls.pool2d(form, x),
    calls.relu(form, matrix),
    calls.reshape(form, x),
    calls.fcLayer(form, matrix, real('fc', 2, 4), real('fc bias', 2)),
    ...(form === 'vector' ? ofVector : []),
  ];
  await expectInputsUntouched(submission, all);
  await expectResultsKept(submission, all);
}
