import {
  assertProperty,
  assertSizes,
  BATCHES_OF_THREE,
  type CaseData,
  convolutions,
  type ConvolutionSizes,
  convolved,
  explainByMistake,
  holds,
  KERNEL_SIZED_IMAGES,
  LARGE_CONVOLUTIONS,
  nchw,
  once,
  ordinaryData,
  PLAIN_CONVOLUTIONS,
  randomData,
  type Subject,
  workShowsIn,
} from '@im2grade/kit';
import { calls, type Form } from '../calls.ts';
import { AXES, type Context, expectDefinition, expectZOf } from './expectZ.ts';
import { columns, convolution, convolutionTensors, type ImageFunction } from './imageFunctions.ts';
import { expectAsInSquares, expectChannelsAlone, expectImagesAlone } from './imageRelations.ts';

type Features = Parameters<typeof convolutions>[0];

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
/** Three images, of which large batches are made. */
const THREE_IMAGES: ConvolutionSizes = { N: 3, C: 1, H: 3, W: 3, Cout: 1, K: 2 };

/** Several of everything at once. */
const NON_SQUARE_BATCHES: readonly ConvolutionSizes[] = [
  { N: 3, C: 2, H: 3, W: 5, Cout: 2, K: 2 },
  { N: 2, C: 3, H: 6, W: 4, Cout: 1, K: 3 },
];

type Expect = (submission: Subject, s: ConvolutionSizes, data: CaseData) => Promise<void>;
type Criteria = Readonly<
  Record<'definition' | 'channels' | 'batch' | 'nonSquare', (context: Context) => Promise<void>>
>;

/** How the results of a function of images are related to its own results for parts of them. */
function relationsOf({ on, onChannels }: ImageFunction, { submission, seed }: Context) {
  const dataOf = (s: ConvolutionSizes) => ordinaryData(seed, s);
  const relations = {
    images: (s: ConvolutionSizes) => expectImagesAlone(submission, on(s, dataOf(s))),
    channels: (s: ConvolutionSizes) => expectChannelsAlone(submission, onChannels({ ...s, N: 1 }, dataOf(s))),
    sides(s: ConvolutionSizes): Promise<void> {
      const side = Math.max(s.H, s.W);
      return expectAsInSquares(submission, on({ ...s, H: side, W: side }, dataOf(s)), s);
    },
  };
  /** A mistake in all images as high or as wide as the kernel is one in square ones. */
  const areRightInSquares = async ({ K, ...s }: ConvolutionSizes): Promise<boolean> => {
    const square = { ...s, K, H: K, W: K };
    return (await holds(relations.channels(square))) && holds(relations.images(square));
  };
  return { ...relations, areRightInSquares };
}

const isSquare = ({ H, W }: ConvolutionSizes): boolean => H === W;
const KERNEL_SIZED_SQUARES = KERNEL_SIZED_IMAGES.filter(isSquare);
const SINGLE_ROWS_AND_COLUMNS = KERNEL_SIZED_IMAGES.filter((s) => !isSquare(s));

/** What a function of images is examined for; each on sizes that have one feature. */
const ofImages = (expect: Expect, images: ImageFunction): Criteria => {
  const large = (wanted: (s: ConvolutionSizes) => boolean) => LARGE_CONVOLUTIONS.filter(wanted);
  const examined =
    (features: Features, sizes: readonly ConvolutionSizes[]) =>
    async ({ submission, seed }: Context): Promise<void> => {
      await assertProperty(seed, convolutions(features), (s) => expect(submission, s, ordinaryData(seed, s)));
      await assertSizes(seed, sizes, (s, data) => expect(submission, s, data));
    };
  const channels = examined(
    { channels: true },
    large(({ C }) => C > 1),
  );
  const nonSquare = examined(
    { nonSquare: true },
    large(({ N, C }) => N === 1 && C === 1),
  );
  return {
    definition: ({ submission, seed }) =>
      expectDefinition({ submission, seed }, convolutions(), [], (s, data) => expect(submission, s, data)),
    async channels(context) {
      await channels(context);
      const related = relationsOf(images, context);
      for (const s of KERNEL_SIZED_SQUARES) await related.channels(s);
    },
    async batch({ submission, seed }) {
      const related = relationsOf(images, { submission, seed });
      // Each case is a call for every image.
      await assertProperty(seed, convolutions({ batch: true, channels: true }), related.images, RUNS_ON_BATCHES);
      for (const s of KERNEL_SIZED_SQUARES) {
        await related.images({ ...s, C: 1 });
        if (await holds(related.channels(s))) await related.images(s);
      }
      await assertSizes(seed, BATCHES_OF_THREE, (order, data) =>
        expectImagesAlone(submission, images.on(THREE_IMAGES, data), order),
      );
    },
    async nonSquare(context) {
      await nonSquare(context);
      const related = relationsOf(images, context);
      for (const s of NON_SQUARE_BATCHES) await related.sides(s);
      for (const s of SINGLE_ROWS_AND_COLUMNS) if (await related.areRightInSquares(s)) await related.sides(s);
    },
  };
};

export const conv2d = (form: Form): Criteria =>
  ofImages((submission, s, data) => expectConvolution(submission, form, s, data), convolution(form));

export const im2col: Criteria = ofImages(expectColumns, columns);

export const convWeight2rows = ({ submission, seed }: Context): Promise<void> =>
  expectDefinition({ submission, seed }, convolutions({ channels: true }), [], async (s, data) => {
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
