import { sizeOf, type Tensor, tensor } from '@im2grade/tensor';
import {
  assertDefinition,
  type CaseData,
  type CriterionContext,
  derivatives,
  type DerivativeSums,
  doesAnswer,
  assertProperty,
  assertSizes,
  BATCHES_OF_THREE,
  LARGE_LINEAR_LAYERS,
  linearLayers,
  type LinearSizes,
  nchw,
  ordinaryData,
  PLAIN_LINEAR_LAYERS,
  randomData,
  type RandomData,
  type Subject,
  expectCase,
  explainByMistake,
  type Named,
  workShowsIn,
} from '@im2grade/kit';
import { AFTER_UP, type AfterUp, calls } from './calls.ts';
import { expectMeans, imagesOf, receivedAt } from './meanLaw.ts';

type Context = Pick<CriterionContext, 'submission' | 'seed'>;

/** Numbers for one layer and the derivatives that it receives. */
function tensorsOf({ real }: RandomData, s: LinearSizes) {
  const make = (...shape: number[]) => tensor(shape, real(sizeOf(shape)));
  return { x: make(s.N, s.D), weights: make(s.P, s.D), bias: make(s.P), above: make(s.N, s.P) };
}

type Tensors = ReturnType<typeof tensorsOf>;

workShowsIn(
  PLAIN_LINEAR_LAYERS.flatMap((s) => {
    const all = tensorsOf(randomData(0, s), s);
    return [
      calls.fullyConnectedUp(all.x, all.weights, all.bias),
      calls.fullyConnectedDown(all, 'inputs', 'weights', 'bias'),
    ];
  }),
);

function namedInputs({ x, weights, bias, above }: Tensors, isDown: boolean): Named[] {
  return [
    ...(isDown ? [{ name: 'dC_by_doutputs', axes: ['n', 'k'], value: above }] : []),
    { name: 'inputs', axes: ['n', 'd'], value: x },
    { name: 'weights', axes: ['k', 'd'], value: weights },
    ...(isDown ? [] : [{ name: 'bias', axes: ['k'], value: bias }]),
  ];
}

/** On layers of all sizes; the last one is called again with the same inputs after it has learned. */
async function onLayers(
  seed: number,
  check: (s: LinearSizes, all: Tensors, data: CaseData) => Promise<void>,
): Promise<void> {
  await assertDefinition(seed, linearLayers(), LARGE_LINEAR_LAYERS, (s, data) => check(s, tensorsOf(data, s), data));
  const s: LinearSizes = { N: 2, D: 3, P: 4 };
  const [before, after] = [seed, seed + 1].map((one) => ordinaryData(one, s));
  const { x } = tensorsOf(before, s);
  for (const data of [before, after]) await check(s, { ...tensorsOf(data, s), x }, data);
}

export const up = ({ submission, seed }: Context): Promise<void> =>
  onLayers(seed, async (s, all, data) => {
    const { x, weights, bias } = all;
    const expected = nchw.fcLayer(s, x.data, weights.data, bias.data);
    await expectCase(submission, data, {
      call: calls.fullyConnectedUp(x, weights, bias),
      law: 'out[n][k] = Σ inputs[n][d] · weights[k][d] + bias[k]',
      name: 'out',
      axes: ['n', 'k'],
      expected,
      geometry: geometryOf(s),
      inputs: namedInputs(all, false),
      explain: explainByMistake(expected.values, { 'the bias is missing': (value, i) => value - bias.data[i % s.P] }),
    });
  });

const geometryOf = ({ N, D, P }: LinearSizes) => ({ N, D, K: P });

/** The three results of the backward pass: their output, name and axes, and their law. */
const DOWN = {
  inputs: { output: 0, name: 'dC_by_dinputs', axes: ['n', 'd'], law: 'Σ_k dC_by_doutputs[n][k] · weights[k][d]' },
  weights: { output: 1, name: 'dC_by_dweights', axes: ['k', 'd'], law: 'dC_by_doutputs[k] · inputs[d], for one image' },
  bias: { output: 2, name: 'dC_by_dbias', axes: ['k'], law: 'dC_by_doutputs[k], for one image' },
} as const;

async function expectDown(
  submission: Subject,
  s: LinearSizes,
  data: CaseData,
  of: keyof DerivativeSums,
  all: Tensors & { readonly isAfterUp?: boolean },
): Promise<void> {
  const expected = derivatives.fcLayer(s, all.above.data, all.x.data, all.weights.data)[of];
  await expectCase(submission, data, {
    ...DOWN[of],
    call: calls.fullyConnectedDown(all, of),
    expected,
    geometry: geometryOf(s),
    inputs: namedInputs(all, true),
    explain: explainByMistake(expected.values, {
      'averaged over the batch: derivatives of inputs are each image’s own': (value) => value / s.N,
    }),
  });
}

/** Only the derivatives of the weights follow from the inputs: what `ComputeUp` keeps of others is charged with them. */
async function expectDownAfterUp(submission: Subject, seed: number): Promise<void> {
  const s: LinearSizes = { N: 1, D: 3, P: 4 };
  const data = { ...randomData(seed, s), remark: AFTER_UP };
  const all = tensorsOf(data, s);
  if (!(await doesAnswer(submission, calls.fullyConnectedUp(all.x, all.weights, all.bias)))) return;
  await expectDown(submission, s, data, 'weights', { ...all, isAfterUp: true });
}

/** Derivatives of the inputs on batches; those of the parameters on one image, where mean and sum are the same. */
export const down =
  (of: keyof DerivativeSums) =>
  async ({ submission, seed }: Context): Promise<void> => {
    await onLayers(seed, (s, batch, data) =>
      of === 'inputs'
        ? expectDown(submission, s, data, of, batch)
        : expectDown(submission, { ...s, N: 1 }, data, of, receivedAt(batch, [0])),
    );
    if (of === 'weights') await expectDownAfterUp(submission, seed);
  };

async function expectMeansOf(
  submission: Subject,
  sizes: LinearSizes,
  data: RandomData,
  places: readonly number[] = [...Array(sizes.N).keys()],
  isAfterUp: AfterUp = false,
): Promise<void> {
  const s = { ...sizes, N: places.length };
  const few = tensorsOf(data, sizes);
  const all = receivedAt(few, places);
  const { x, weights, above } = all;
  await expectMeans(submission, {
    whole: (of) => calls.fullyConnectedDown({ ...all, isAfterUp }, of),
    images: imagesOf(few).map((one) => calls.fullyConnectedDown(one, 'weights', 'bias')),
    places,
    oracle: derivatives.fcLayer(s, above.data, x.data, weights.data),
    axes: DOWN,
    geometry: geometryOf(s),
    inputs: namedInputs(all, true),
    mistakes: {
      'the mean derivative times the mean input, not the mean of their products': (_, i) =>
        meanOfColumn(above, Math.floor(i / s.D)) * meanOfColumn(x, i % s.D),
    },
  });
}

/** Three images, of which large batches are made. */
const THREE_IMAGES: LinearSizes = { N: 3, D: 2, P: 2 };
/** Few images with more numbers than two bytes count: each image is a call. */
const LARGE_BATCH: LinearSizes = { N: 3, D: 22_000, P: 1 };

/** The mean is over the images that `ComputeDown` is given, however many `ComputeUp` was given. */
async function expectMeansAfterUp(submission: Subject, seed: number): Promise<void> {
  const s: LinearSizes = { N: 2, D: 3, P: 4 };
  const data = randomData(seed, s);
  const all = tensorsOf(data, s);
  const isAfterUp = 'of twice as many';
  // Without a result, what the layer keeps of the inputs is charged with the derivatives of the weights.
  if (await doesAnswer(submission, calls.fullyConnectedDown({ ...all, isAfterUp }, 'weights')))
    await expectMeansOf(submission, s, data, undefined, isAfterUp);
}

export async function mean({ submission, seed }: Context): Promise<void> {
  await assertProperty(seed, linearLayers(), (sizes) => {
    const s = { ...sizes, N: sizes.N + 1 };
    return expectMeansOf(submission, s, randomData(seed, s));
  });
  await assertSizes(seed, [LARGE_BATCH], (s, data) => expectMeansOf(submission, s, data));
  await assertSizes(seed, BATCHES_OF_THREE, (places, data) => expectMeansOf(submission, THREE_IMAGES, data, places));
  await expectMeansAfterUp(submission, seed);
}

function meanOfColumn({ shape: [rows, columns], data }: Tensor, column: number): number {
  let sum = 0;
  for (let i = column; i < data.length; i += columns) sum += data[i];
  return sum / rows;
}
