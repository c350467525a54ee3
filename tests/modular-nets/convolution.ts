import type { Tensor } from '@im2grade/tensor';
import fc from 'fast-check';
import {
  assertDefinition,
  assertSizes,
  BATCHES_OF_THREE,
  type CaseData,
  convolutions,
  type ConvolutionSizes,
  type CriterionContext,
  type DerivativeSums,
  doesAnswer,
  assertProperty,
  KERNEL_SIZED_IMAGES,
  LARGE_CONVOLUTIONS,
  nchw,
  once,
  ordinaryData,
  paddedConvolutions,
  PLAIN_CONVOLUTIONS,
  randomData,
  type RandomData,
  type Subject,
  type Sums,
  expectCase,
  explainByMistake,
  workShowsIn,
} from '@im2grade/kit';
import { AFTER_UP, type AfterUp, calls } from './calls.ts';
import {
  derivativesBy,
  DOWN,
  geometryOf,
  MAPS,
  namedInputs,
  padded,
  type Sizes,
  type Tensors,
  tensorsOf,
  withPadding,
} from './convolutionTensors.ts';
import { expectMeans, imagesOf, receivedAt } from './meanLaw.ts';
import { expectDownAsWithZeros, expectUpAsWithZeros } from './paddingLaw.ts';

type Context = Pick<CriterionContext, 'submission' | 'seed'>;

const BATCH = { channels: true, batch: true, nonSquare: true };
const ONE_IMAGE = { channels: true, nonSquare: true };

workShowsIn(
  PLAIN_CONVOLUTIONS.flatMap((s) => {
    const all = tensorsOf(randomData(0, s), { ...s, padding: 0 });
    return [
      calls.convMethod2Up(all.x, all.weights, all.bias, 0),
      calls.convMethod2Down(all, 0, 'inputs', 'weights', 'bias'),
    ];
  }),
);

async function expectUp(submission: Subject, s: Sizes, data: CaseData, all = tensorsOf(data, s)): Promise<void> {
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

const KERNEL_SIZED = KERNEL_SIZED_IMAGES.map(withoutPadding);
const OF_KERNEL_SIZE = ', for images of the size of the kernel too';

/** Outputs are not smaller than kernels: with too little padding the other results could not be judged. */
const roomy = (features: typeof BATCH | typeof ONE_IMAGE) =>
  unpadded(features).map((s) => ({ ...s, H: s.H + s.K, W: s.W + s.K }));

/** One image, for a layer that is called several times. */
const ONE: Sizes = { N: 1, C: 2, H: 5, W: 4, Cout: 3, K: 2, padding: 0 };

/** A layer is called again with the same inputs after it has learned. */
async function afterLearning(
  seed: number,
  check: (s: Sizes, data: CaseData, all: Tensors) => Promise<void>,
): Promise<void> {
  const [before, after] = [seed, seed + 1].map((one) => ordinaryData(one, ONE));
  const { x } = tensorsOf(before, ONE);
  for (const data of [before, after]) await check(ONE, data, { ...tensorsOf(data, ONE), x });
}

export const up = async ({ submission, seed }: Context): Promise<void> => {
  await assertDefinition(seed, unpadded(BATCH), LARGE, (s, data) => expectUp(submission, s, data));
  await assertSizes(seed, KERNEL_SIZED, (s, data) => expectUp(submission, s, data), OF_KERNEL_SIZE);
  await afterLearning(seed, (s, data, all) => expectUp(submission, s, data, all));
};

export const upPadding = async ({ submission, seed }: Context): Promise<void> => {
  await assertProperty(seed, paddedImages, (s) => expectUp(submission, s, ordinaryData(seed, s)));
  await assertProperty(seed, paddedBatches, (s) => expectUpAsWithZeros(submission, s, seed), RUNS_ON_BATCHES);
};

const paddedBatches = paddedConvolutions(BATCH).map((s) => ({ ...s, H: s.H + s.K, W: s.W + s.K }));
const RUNS_ON_BATCHES = 5;

async function expectDown(
  submission: Subject,
  s: Sizes,
  data: CaseData,
  of: keyof DerivativeSums,
  all: Tensors & { readonly isAfterUp?: boolean } = tensorsOf(data, s),
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

/** Only the derivatives of the weights follow from the inputs: what `ComputeUp` keeps of others is charged with them. */
async function expectDownAfterUp(submission: Subject, seed: number): Promise<void> {
  const data = { ...randomData(seed, ONE), remark: AFTER_UP };
  const all = tensorsOf(data, ONE);
  if (!(await doesAnswer(submission, calls.convMethod2Up(all.x, all.weights, all.bias, ONE.padding)))) return;
  await expectDown(submission, ONE, data, 'weights', { ...all, isAfterUp: true });
}

/** Derivatives of the inputs on batches; those of the parameters on one image, where mean and sum are the same. */
export const down =
  (of: keyof DerivativeSums) =>
  async ({ submission, seed }: Context): Promise<void> => {
    const isOfInputs = of === 'inputs';
    await assertDefinition(seed, isOfInputs ? unpadded(BATCH) : roomy(ONE_IMAGE), [], (s, data) =>
      expectDown(submission, s, data, of),
    );
    const expectOnSizes = async (sizes: Sizes, data: CaseData): Promise<void> => {
      const s = isOfInputs ? sizes : { ...sizes, N: 1 };
      // If there is no result, because of too little padding, that is charged with the derivatives of the inputs.
      if (isOfInputs || (await doesAnswer(submission, calls.convMethod2Down(tensorsOf(data, s), 0, of))))
        await expectDown(submission, s, data, of);
    };
    await assertSizes(seed, LARGE, expectOnSizes);
    await assertSizes(seed, KERNEL_SIZED, expectOnSizes, OF_KERNEL_SIZE);
    await afterLearning(seed, (s, data, all) => expectDown(submission, s, data, of, all));
    if (of === 'weights') await expectDownAfterUp(submission, seed);
  };

export const downPadding = async ({ submission, seed }: Context): Promise<void> => {
  await assertProperty(seed, paddedImages, async (s) => {
    await expectDown(submission, s, ordinaryData(seed, s), 'inputs');
    await expectDown(submission, s, ordinaryData(seed, s), 'weights');
  });
  await assertProperty(seed, paddedBatches, (s) => expectDownAsWithZeros(submission, s, seed), RUNS_ON_BATCHES);
};

const RUNS = 20;

/** Three images, of which large batches are made. */
const THREE_IMAGES: Sizes = { N: 3, C: 1, H: 3, W: 3, Cout: 1, K: 2, padding: 0 };

async function expectMeansOf(
  submission: Subject,
  sizes: Sizes,
  data: RandomData,
  places: readonly number[] = [...Array(sizes.N).keys()],
  isAfterUp: AfterUp = false,
): Promise<void> {
  const s = { ...sizes, N: places.length };
  const few = tensorsOf(data, sizes);
  const all = receivedAt(few, places);
  await expectMeans(submission, {
    whole: (of) => calls.convMethod2Down({ ...all, isAfterUp }, 0, of),
    images: imagesOf(few).map((one) => calls.convMethod2Down(one, 0, 'weights', 'bias')),
    places,
    oracle: derivativesBy(s, all),
    axes: DOWN,
    geometry: geometryOf(s),
    inputs: namedInputs(all, true),
  });
}

/** The mean is over the images that `ComputeDown` is given, however many `ComputeUp` was given. */
async function expectMeansAfterUp(submission: Subject, seed: number): Promise<void> {
  const s: Sizes = { ...ONE, N: 2 };
  const data = randomData(seed, s);
  const all = tensorsOf(data, s);
  const isAfterUp = 'of twice as many';
  // Without a result, what the layer keeps of the inputs is charged with the derivatives of the weights.
  if (await doesAnswer(submission, calls.convMethod2Down({ ...all, isAfterUp }, 0, 'weights')))
    await expectMeansOf(submission, s, data, undefined, isAfterUp);
}

export async function mean({ submission, seed }: Context): Promise<void> {
  await assertProperty(seed, roomy(BATCH), (s) => expectMeansOf(submission, s, randomData(seed, s)), RUNS);
  for (const s of KERNEL_SIZED) {
    const data = randomData(seed, s);
    // Without a result it is charged with the derivatives of the inputs, as above.
    if (await doesAnswer(submission, calls.convMethod2Down(tensorsOf(data, s), 0, 'inputs')))
      await expectMeansOf(submission, s, data);
  }
  await assertSizes(seed, BATCHES_OF_THREE, (places, data) => expectMeansOf(submission, THREE_IMAGES, data, places));
  await expectMeansAfterUp(submission, seed);
}
