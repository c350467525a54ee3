import { sizeOf, type Tensor, tensor } from '@im2grade/tensor';
import {
  assertProperty,
  type CaseData,
  exactly,
  explainByMistake,
  LARGE_IMAGES,
  LARGE_LINEAR_LAYERS,
  type Law,
  linearLayers,
  type LinearSizes,
  nchw,
  once,
  ordinaryData,
  PLAIN_LINEAR_LAYERS,
  pooledImages,
  randomData,
  type RandomData,
  type Subject,
  workShowsIn,
} from '@im2grade/kit';
import { calls, type Form } from '../calls.ts';
import { AXES, type Context, expectDefinition, expectOfHuge, expectZ, expectZOf } from './expectZ.ts';

/** Numbers of a shape, one of them 0: a zero stays one. */
function withZero({ real }: CaseData, shape: readonly number[]): Tensor {
  const values = real(sizeOf(shape));
  values[0] = 0;
  return tensor(shape, values);
}

type Sizes = Readonly<Record<string, number>>;

export function relu(form: Form) {
  const expect = async (submission: Subject, sizes: Sizes, axes: readonly string[], a: Tensor, data: CaseData) =>
    expectZOf(submission, data, {
      call: calls.relu(form, a),
      law: 'z = max(0, a)',
      axes,
      expected: exactly(nchw.relu(a.data)),
      geometry: sizes,
      inputs: [{ name: 'a', axes, value: a }],
    });
  return async ({ submission, seed }: Context): Promise<void> => {
    await expectDefinition({ submission, seed }, linearLayers(), LARGE_LINEAR_LAYERS, ({ N, D }, data) =>
      expect(submission, { N, D }, AXES.matrix, withZero(data, [N, D]), data),
    );
    await expectOfHuge(seed, linearLayers(), ({ N, D }, scaled, data) =>
      expect(submission, { N, D }, AXES.matrix, tensor([N, D], scaled(data.real(N * D))), data),
    );
    // Of any shape: images too.
    await assertProperty(
      seed,
      pooledImages(),
      (s) =>
        expect(submission, { ...s }, AXES.a, withZero(ordinaryData(seed, s), Object.values(s)), ordinaryData(seed, s)),
      RUNS_ON_IMAGES,
    );
    for (const shape of OTHER_SHAPES) {
      const sizes = Object.fromEntries(shape.map((size, axis) => [`size of axis ${axis}`, size]));
      const data = ordinaryData(seed, shape);
      await expect(
        submission,
        sizes,
        shape.map((_, axis) => `i${axis}`),
        withZero(data, shape),
        data,
      );
    }
  };
}

const RUNS_ON_IMAGES = 5;
/** With one axis, three and five. */
export const OTHER_SHAPES = [[7], [2, 3, 4], [2, 2, 2, 2, 3]];

export const reshape =
  (form: Form) =>
  ({ submission, seed }: Context): Promise<void> =>
    expectDefinition({ submission, seed }, pooledImages({ odd: true }), LARGE_IMAGES, async (s, data) => {
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

interface LinearTensors {
  readonly a: Tensor;
  readonly weight: Tensor;
  readonly bias: Tensor;
}

function linearTensors({ real }: RandomData, { N, D, P }: LinearSizes): LinearTensors {
  const make = (...shape: number[]) => tensor(shape, real(sizeOf(shape)));
  return { a: make(N, D), weight: make(P, D), bias: make(P) };
}

workShowsIn(
  PLAIN_LINEAR_LAYERS.flatMap((s) => {
    const { a, weight, bias } = linearTensors(randomData(0, s), s);
    return [calls.fcLayer('scalar', a, weight, bias), calls.fcLayer('vector', a, weight, bias)];
  }),
);

const lawOfFcLayer = (form: Form, s: LinearSizes, { a, weight, bias }: LinearTensors): Omit<Law, 'name'> => {
  const expected = nchw.fcLayer(s, a.data, weight.data, bias.data);
  const untransposed = once(() => nchw.fcLayer(s, a.data, transposed(weight), bias.data).values);
  return {
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
      'the product is with weight, not with its transpose': (_, i) => untransposed()[i],
    }),
  };
};

/** The numbers of a weight [P][D] that is read as [D][P]. */
const transposed = ({ shape: [P, D], data }: Tensor): Float64Array =>
  Float64Array.from(data, (_, at) => data[(at % D) * P + Math.floor(at / D)]);

/** The same weights with another batch, and then with other biases: nothing is kept from the call before. */
async function expectWeightsAgain(submission: Subject, form: Form, s: LinearSizes, seed: number): Promise<void> {
  const [first, other] = [seed, seed + 1].map((each) => linearTensors(randomData(each, s), s));
  for (const change of [{}, { a: other.a }, { a: other.a, bias: other.bias }])
    await expectZ(submission, lawOfFcLayer(form, s, { ...first, ...change }));
}

const RUNS_WITH_WEIGHTS_AGAIN = 5;

export const fcLayer =
  (form: Form) =>
  async ({ submission, seed }: Context): Promise<void> => {
    await expectDefinition({ submission, seed }, linearLayers(), LARGE_LINEAR_LAYERS, (s, data) =>
      expectZOf(submission, data, lawOfFcLayer(form, s, linearTensors(data, s))),
    );
    await assertProperty(
      seed,
      linearLayers(),
      (s) => expectWeightsAgain(submission, form, s, seed),
      RUNS_WITH_WEIGHTS_AGAIN,
    );
  };
