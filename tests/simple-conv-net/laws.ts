import { tensor } from '@im2grade/tensor';
import {
  type Call,
  convolutions,
  convolved,
  type ConvolutionSizes,
  type CriterionContext,
  exactly,
  type Subject,
  expectInputsUntouched,
  expectLaw,
  explainByMistake,
  type Law,
  assertProperty,
  linearLayers,
  nchw,
  randomData,
  pooledImages,
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

type Features = Parameters<typeof convolutions>[0];
type Context = Pick<CriterionContext, 'submission' | 'seed'>;

/** Numbers for one convolution: images, kernels, biases. */
function convolutionTensors(seed: number, s: ConvolutionSizes) {
  const { real } = randomData(seed, s);
  const make = (...shape: number[]) => tensor(shape, real(shape.reduce((a, b) => a * b, 1)));
  return { x: make(s.N, s.C, s.H, s.W), weight: make(s.Cout, s.C, s.K, s.K), bias: make(s.Cout) };
}

export const conv2d =
  (form: Form, features: Features = {}) =>
  ({ submission, seed }: Context): Promise<void> =>
    assertProperty(seed, convolutions(features), async (s) => {
      const { x, weight, bias } = convolutionTensors(seed, s);
      const expected = nchw.conv2d(s, x.data, weight.data, bias.data);
      const [plane] = [convolved(s).reduce((a, b) => a * b)];
      const biasOf = (i: number) => bias.data[Math.floor(i / plane) % s.Cout];
      await expectZ(submission, {
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
      function flipped(): Float64Array {
        const reversed = weight.data.slice();
        for (let k = 0; k < reversed.length; k += s.K * s.K) reversed.subarray(k, k + s.K * s.K).reverse();
        return nchw.conv2d(s, x.data, reversed, bias.data).values;
      }
      function firstChannel(): Float64Array {
        const only = weight.data.map((value, k) => (Math.floor(k / (s.K * s.K)) % s.C === 0 ? value : 0));
        return nchw.conv2d(s, x.data, only, bias.data).values;
      }
    });

export const im2col =
  (features: Features = {}) =>
  ({ submission, seed }: Context): Promise<void> =>
    assertProperty(seed, convolutions(features), async (s) => {
      const { x } = convolutionTensors(seed, s);
      await expectZ(submission, {
        call: calls.im2col(x, s.K),
        law: 'element (ci·K + i)·K + j of column m·(W − K + 1) + l is x[n][ci][m + i][l + j]',
        axes: AXES.columns,
        expected: nchw.im2col(s, x.data),
        geometry: { ...s },
        inputs: [{ name: 'x', axes: AXES.x, value: x }],
      });
    });

export const convWeight2rows = ({ submission, seed }: Context): Promise<void> =>
  assertProperty(seed, convolutions({ channels: true }), async (s) => {
    const { weight } = convolutionTensors(seed, s);
    await expectZ(submission, {
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

export const pool2d =
  (form: Form, options: Parameters<typeof pooledImages>[0] = {}) =>
  ({ submission, seed }: Context): Promise<void> =>
    assertProperty(seed, pooledImages(options), async (s) => {
      const values = randomData(seed, s).real(s.N * s.C * s.H * s.W);
      // All below zero, so that a maximum that begins at zero shows; all kinds; and with equal ones.
      const below = Float64Array.from(values, (value) => -Math.abs(value));
      for (const data of [values, below, withTies(values)]) {
        const a = tensor([s.N, s.C, s.H, s.W], data);
        const expected = nchw.pool2d(s, data);
        await expectZ(submission, {
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
    });

export const relu =
  (form: Form) =>
  ({ submission, seed }: Context): Promise<void> =>
    assertProperty(seed, linearLayers(), async (s) => {
      const values = randomData(seed, s).real(s.N * s.D);
      // A zero stays one.
      values[0] = 0;
      const a = tensor([s.N, s.D], values);
      await expectZ(submission, {
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
    assertProperty(seed, pooledImages({ odd: true }), async (s) => {
      const a = tensor([s.N, s.C, s.H, s.W], randomData(seed, s).real(s.N * s.C * s.H * s.W));
      await expectZ(submission, {
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
    assertProperty(seed, linearLayers(), async (s) => {
      const { real } = randomData(seed, s);
      const a = tensor([s.N, s.D], real(s.N * s.D));
      const weight = tensor([s.P, s.D], real(s.P * s.D));
      const bias = tensor([s.P], real(s.P));
      const expected = nchw.fcLayer(s, a.data, weight.data, bias.data);
      await expectZ(submission, {
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
        }),
      });
    });

/** Calls every function of one form and checks its inputs afterwards. */
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
}
