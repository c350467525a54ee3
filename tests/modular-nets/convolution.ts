import { sizeOf, type Tensor, tensor } from '@im2grade/tensor';
import fc from 'fast-check';
import {
  assertDefinition,
  type CaseData,
  convolved,
  convolutions,
  type ConvolutionSizes,
  type CriterionContext,
  derivatives,
  type DerivativeSums,
  assertProperty,
  LARGE_CONVOLUTIONS,
  nchw,
  once,
  ordinaryData,
  paddedConvolutions,
  PLAIN_CONVOLUTIONS,
  randomData,
  type RandomData,
  type Sums,
  expectCase,
  expectLaw,
  explainByMistake,
  type Named,
  workShowsIn,
} from '@im2grade/kit';
import { calls } from './calls.ts';
import { expectMeans, imagesOf } from './meanLaw.ts';

type Context = Pick<CriterionContext, 'submission' | 'seed'>;
/** Of the images as they are, without their padding. */
type Sizes = ConvolutionSizes & { readonly padding: number };

const BATCH = { channels: true, batch: true, nonSquare: true };
const ONE_IMAGE = { channels: true, nonSquare: true };

const withPadding = (s: Sizes): ConvolutionSizes => ({ ...s, H: s.H + 2 * s.padding, W: s.W + 2 * s.padding });
const geometryOf = ({ N, C, H, W, Cout, K, padding }: Sizes) => ({ N, C, Y: H, X: W, K: Cout, k: K, padding });

function tensorsOf({ real }: RandomData, s: Sizes) {
  const make = (...shape: number[]) => tensor(shape, real(sizeOf(shape)));
  return {
    x: make(s.N, s.C, s.H, s.W),
    weights: make(s.Cout, s.C, s.K, s.K),
    bias: make(s.Cout),
    above: make(s.N, s.Cout, ...convolved(withPadding(s))),
  };
}
type Tensors = ReturnType<typeof tensorsOf>;

workShowsIn(
  PLAIN_CONVOLUTIONS.flatMap((s) => {
    const all = tensorsOf(randomData(0, s), { ...s, padding: 0 });
    return [
      calls.convMethod2Up(all.x, all.weights, all.bias, 0),
      calls.convMethod2Down(all, 0, 'inputs', 'weights', 'bias'),
    ];
  }),
);

/** The position of each pixel in the padded images. */
function placesIn(s: Sizes): Int32Array {
  const { H, W } = withPadding(s);
  return Int32Array.from({ length: s.N * s.C * s.H * s.W }, (_, i) => {
    const [map, y, x] = [Math.floor(i / (s.H * s.W)), Math.floor(i / s.W) % s.H, i % s.W];
    return (map * H + y + s.padding) * W + x + s.padding;
  });
}

function padded(s: Sizes, { data }: Tensor): Float64Array {
  const { N, C, H, W } = withPadding(s);
  const result = new Float64Array(N * C * H * W);
  placesIn(s).forEach((place, i) => (result[place] = data[i]));
  return result;
}

/** By the oracle, which has no padding: zeros are added around the images, and removed again in the backward pass. */
function derivativesBy(s: Sizes, { x, weights, above }: Tensors): DerivativeSums {
  const { inputs, ...rest } = derivatives.conv2d(withPadding(s), above.data, padded(s, x), weights.data);
  const places = placesIn(s);
  const cropped = (values: Float64Array) => Float64Array.from(places, (place) => values[place]);
  return {
    ...rest,
    inputs: { values: cropped(inputs.values), magnitudes: cropped(inputs.magnitudes), terms: inputs.terms },
  };
}

const MAPS = ['n', 'k', 'y', 'x'];
const IMAGES = ['n', 'c', 'y', 'x'];
const KERNELS = ['k', 'c', 'i', 'j'];

function namedInputs({ x, weights, bias, above }: Tensors, isDown: boolean): Named[] {
  return [
    ...(isDown ? [{ name: 'dC_by_doutputs', axes: MAPS, value: above }] : []),
    { name: 'inputs', axes: IMAGES, value: x },
    { name: 'weights', axes: KERNELS, value: weights },
    ...(isDown ? [] : [{ name: 'bias', axes: ['k'], value: bias }]),
  ];
}

async function expectUp(
  submission: Context['submission'],
  s: Sizes,
  data: CaseData,
  all = tensorsOf(data, s),
): Promise<void> {
  const { x, weights, bias } = all;
  const oracle = (kernels: Tensor['data']): Sums => nchw.conv2d(withPadding(s), padded(s, x), kernels, bias.data);
  const expected = oracle(weights.data);
  const plane = expected.values.length / (s.N * s.Cout);
  const biasOf = (i: number) => bias.data[Math.floor(i / plane) % s.Cout];
  const flippedWrongly = once(() => oracle(flipped(weights.data, s.K)).values);
  await expectCase(submission, data, {
    call: calls.convMethod2Up(x, weights, bias, s.padding),
    law: 'out[n][k][y][x] = Σ inputs[n][c][y + i − padding][x + j − padding] · weights[k][c][i][j] + bias[k]',
    name: 'out',
    axes: MAPS,
    expected,
    geometry: geometryOf(s),
    inputs: namedInputs(all, false),
    explain: explainByMistake(expected.values, {
      'the bias is missing': (value, i) => value - biasOf(i),
      'the bias is added for every channel: add it once': (value, i) => value + (s.C - 1) * biasOf(i),
      'the kernel is flipped the wrong way: convolve flips it, so flip it before': (_, i) => flippedWrongly()[i],
    }),
  });
}

function flipped(weights: Tensor['data'], K: number): Tensor['data'] {
  const result = weights.slice();
  for (let k = 0; k < result.length; k += K * K) result.subarray(k, k + K * K).reverse();
  return result;
}

const withoutPadding = (s: ConvolutionSizes): Sizes => ({ ...s, padding: 0 });

const unpadded = (features: typeof BATCH | typeof ONE_IMAGE) => convolutions(features).map(withoutPadding);

/** One image with padding, of one channel or of several. */
const paddedImages = fc.oneof(paddedConvolutions(ONE_IMAGE), paddedConvolutions({ nonSquare: true }));

/** `convolve` makes a plane for each pair of operands, so that some of the sizes take it seconds. */
const LARGE = LARGE_CONVOLUTIONS.filter(({ N, H, W }) => N * H * W < 2000).map(withoutPadding);

/** Outputs are not smaller than kernels: with too little padding the other results could not be judged. */
const roomy = (features: typeof BATCH | typeof ONE_IMAGE) =>
  unpadded(features).map((s) => ({ ...s, H: s.H + s.K, W: s.W + s.K }));

/** A layer is called again with the same inputs after it has learned. */
async function afterLearning(
  seed: number,
  check: (s: Sizes, data: CaseData, all: Tensors) => Promise<void>,
): Promise<void> {
  const s: Sizes = { N: 1, C: 2, H: 5, W: 4, Cout: 3, K: 2, padding: 0 };
  const [before, after] = [seed, seed + 1].map((one) => ordinaryData(one, s));
  const { x } = tensorsOf(before, s);
  for (const data of [before, after]) await check(s, data, { ...tensorsOf(data, s), x });
}

export const up = async ({ submission, seed }: Context): Promise<void> => {
  await assertDefinition(seed, unpadded(BATCH), LARGE, (s, data) => expectUp(submission, s, data));
  await afterLearning(seed, (s, data, all) => expectUp(submission, s, data, all));
};

export const upPadding = async ({ submission, seed }: Context): Promise<void> => {
  await assertProperty(seed, paddedImages, (s) => expectUp(submission, s, ordinaryData(seed, s)));
  await assertProperty(seed, paddedBatches, (s) => expectUpAsWithZeros(submission, s, seed), RUNS_ON_BATCHES);
};

const paddedBatches = paddedConvolutions(BATCH).map((s) => ({ ...s, H: s.H + s.K, W: s.W + s.K }));
const RUNS_ON_BATCHES = 5;
const AS_WITH_ZEROS = 'padding gives the same as zeros around the images';

/** The same images with zeros around them, and without padding. */
function withZeros(s: Sizes, all: Tensors): Tensors {
  const { N, C, H, W } = withPadding(s);
  return { ...all, x: tensor([N, C, H, W], padded(s, all.x)) };
}

/** What padding makes of a batch, by the submission's own results: wrong ones are charged elsewhere. */
async function expectUpAsWithZeros(submission: Context['submission'], s: Sizes, seed: number): Promise<void> {
  const all = tensorsOf(randomData(seed, s), s);
  const { x, weights, bias } = withZeros(s, all);
  const [values] = (await submission.call(calls.convMethod2Up(x, weights, bias, 0))).outputs;
  await expectLaw(submission, {
    call: calls.convMethod2Up(all.x, weights, bias, s.padding),
    law: AS_WITH_ZEROS,
    against: 'other-inputs',
    name: 'out',
    axes: MAPS,
    expected: {
      ...nchw.conv2d(withPadding(s), x.data, weights.data, bias.data),
      values: Float64Array.from(values),
    },
    geometry: geometryOf(s),
    inputs: namedInputs(all, false),
  });
}

async function expectDownAsWithZeros(submission: Context['submission'], s: Sizes, seed: number): Promise<void> {
  const all = tensorsOf(randomData(seed, s), s);
  const { outputs } = await submission.call(calls.convMethod2Down(withZeros(s, all), 0, 'weights', 'bias'));
  const sums = derivativesBy(s, all);
  for (const of of ['weights', 'bias'] as const) {
    const { output, name, axes } = DOWN[of];
    await expectLaw(submission, {
      call: calls.convMethod2Down(all, s.padding, of),
      output,
      law: AS_WITH_ZEROS,
      against: 'other-inputs',
      name,
      axes,
      expected: { ...sums[of], values: Float64Array.from(outputs[output]) },
      geometry: geometryOf(s),
      inputs: namedInputs(all, true),
    });
  }
}

/** The three results of the backward pass: their output, name and axes, and their law. */
const DOWN = {
  inputs: {
    output: 0,
    name: 'dC_by_dinputs',
    axes: IMAGES,
    law: 'Σ dC_by_doutputs[n][k][y − i + padding][x − j + padding] · weights[k][c][i][j]',
  },
  weights: {
    output: 1,
    name: 'dC_by_dweights',
    axes: KERNELS,
    law: 'Σ dC_by_doutputs[k][y][x] · inputs[c][y + i − padding][x + j − padding], for one image',
  },
  bias: { output: 2, name: 'dC_by_dbias', axes: ['k'], law: 'Σ dC_by_doutputs[k][y][x], for one image' },
} as const;

async function expectDown(
  submission: Context['submission'],
  s: Sizes,
  data: CaseData,
  of: keyof DerivativeSums,
  all = tensorsOf(data, s),
): Promise<void> {
  const expected = derivativesBy(s, all)[of];
  await expectCase(submission, data, {
    ...DOWN[of],
    call: calls.convMethod2Down(all, s.padding, of),
    expected,
    geometry: geometryOf(s),
    inputs: namedInputs(all, true),
    explain: explainByMistake(expected.values, {
      'averaged over the batch: derivatives of inputs are each image’s own': (value) => value / s.N,
      'the mean over the positions, not their sum': (value) => (value * s.N * s.Cout) / all.above.data.length,
    }),
  });
}

/** Derivatives of the inputs on batches; those of the parameters on one image, where mean and sum are the same. */
export const down =
  (of: keyof DerivativeSums) =>
  async ({ submission, seed }: Context): Promise<void> => {
    await assertDefinition(seed, of === 'inputs' ? unpadded(BATCH) : roomy(ONE_IMAGE), [], (s, data) =>
      expectDown(submission, s, data, of),
    );
    await afterLearning(seed, (s, data, all) => expectDown(submission, s, data, of, all));
  };

export const downPadding = async ({ submission, seed }: Context): Promise<void> => {
  await assertProperty(seed, paddedImages, async (s) => {
    await expectDown(submission, s, ordinaryData(seed, s), 'inputs');
    await expectDown(submission, s, ordinaryData(seed, s), 'weights');
  });
  await assertProperty(seed, paddedBatches, (s) => expectDownAsWithZeros(submission, s, seed), RUNS_ON_BATCHES);
};

const RUNS = 20;

export const mean = ({ submission, seed }: Context): Promise<void> =>
  assertProperty(
    seed,
    roomy(BATCH),
    (s) => {
      const all = tensorsOf(randomData(seed, s), s);
      return expectMeans(submission, {
        whole: (of) => calls.convMethod2Down(all, 0, of),
        images: imagesOf(all).map((one) => calls.convMethod2Down(one, 0, 'weights', 'bias')),
        oracle: derivativesBy(s, all),
        axes: DOWN,
        geometry: geometryOf(s),
        inputs: namedInputs(all, true),
      });
    },
    RUNS,
  );
