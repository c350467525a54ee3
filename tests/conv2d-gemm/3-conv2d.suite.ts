import type { Geometry } from '@im2grade/nn';
import {
  assertProperty,
  axesOf,
  type Call,
  criterion,
  direct,
  expectEqual,
  expectUntouched,
  explainByMistake,
  geometries,
  type Origin,
  randomData,
  type Subject,
} from '@im2grade/kit';
import { calls, type Dtype, type Fill, imageSize, kernelSize, outputSize } from './calls.ts';

/** Strides, paddings and sides all differ: the matrix comes from the oracle, so Conv2D gets matrices of every shape. */
const ANY = { padding: true, stride: true, nonSquare: true };

/** Sums in single precision differ from the right ones by less. */
const SUM_TOLERANCE = 1e-5;

/** The commonest reason for a result that depends on the buffer's old values. */
const ADDED_TO =
  'the result depends on what the buffer held: give gemm beta = 0 the first time, or write every element yourself';

type Numbers = Float64Array | Float32Array;

interface Case {
  readonly g: Geometry;
  readonly image: Numbers;
  readonly mat: Numbers;
  readonly weights: Numbers;
  readonly biases: Numbers;
  readonly dOutput: Numbers;
}

function makeCase(seed: number, g: Geometry, dtype: Dtype = 'float64'): Case {
  const values = randomData(seed, g);
  const image = values.real(imageSize(g), dtype);
  const mat = direct.Im2Mat(g, image);
  const real = (length: number) => values.real(length, dtype);
  return {
    g,
    image,
    mat: dtype === 'float32' ? Float32Array.from(mat) : mat,
    weights: real(kernelSize(g)),
    biases: real(g.KnC),
    dOutput: real(outputSize(g)),
  };
}

const withoutBias = (one: Case): Case => ({ ...one, biases: one.biases.map(() => 0) });

/** A case's arrays under the names of the report. */
const named = {
  mat: ({ g, mat }: Case) => ({ name: 'INP', values: mat, axes: axesOf.mat(g) }),
  weights: ({ g, weights }: Case) => ({ name: 'weights', values: weights, axes: axesOf.weights(g) }),
  biases: ({ g, biases }: Case) => ({ name: 'biases', values: biases, axes: axesOf.biases(g) }),
  dOutput: ({ g, dOutput }: Case) => ({ name: 'dError_dOutput', values: dOutput, axes: axesOf.output(g) }),
};

const forwardCall = ({ g, mat, weights, biases }: Case, fill: Fill = 'zero'): Call =>
  calls.forward(g, mat, weights, biases, fill);

const forward = async (submission: Subject, one: Case, fill: Fill = 'zero'): Promise<Float64Array> =>
  (await submission.call(forwardCall(one, fill))).outputs[0] as Float64Array;

async function expectForward(submission: Subject, one: Case): Promise<void> {
  const { g, image, weights, biases } = one;
  const expected = direct.convolution(g, image, weights, biases);
  expectEqual({
    law: 'output = matrix · kernel + biases, which is the convolution of the image',
    name: 'OUT',
    axes: axesOf.output(g),
    got: await forward(submission, one),
    expected,
    geometry: g,
    inputs: [named.mat(one), named.weights(one), named.biases(one)],
    origin: { call: forwardCall(one) },
    explain: explainByMistake(
      expected.values,
      {
        'the bias is missing': (value, i) => value - biases[i % g.KnC],
        'the bias is added twice': (value, i) => value + biases[i % g.KnC],
        'the bias is added once for every input channel': (value, i) => value + (g.InC - 1) * biases[i % g.KnC],
        'the bias is subtracted': (value, i) => value - 2 * biases[i % g.KnC],
      },
      SUM_TOLERANCE,
    ),
  });
}

criterion('conv2d.forward', async ({ submission, seed }) => {
  await assertProperty(seed, geometries(ANY), async (g) => {
    for (const dtype of ['float64', 'float32'] as const)
      await expectForward(submission, withoutBias(makeCase(seed, g, dtype)));
  });
});

criterion('conv2d.bias', async ({ submission, seed }) => {
  await assertProperty(seed, geometries(ANY), async (g) => {
    // With a kernel of zeros only the biases remain, whatever the product is.
    const one = makeCase(seed, g);
    await expectForward(submission, { ...one, weights: one.weights.map(() => 0) });
  });
});

criterion(
  'conv2d.linearity',
  async ({ submission, seed }) => {
    await assertProperty(seed, geometries(ANY), async (g) => {
      const [x, y] = [withoutBias(makeCase(seed, g)), withoutBias(makeCase(seed + 1, g))];
      const both = {
        ...x,
        mat: x.mat.map((value, i) => value + y.mat[i]),
        image: x.image.map((value, i) => value + y.image[i]),
      };
      const [ofX, ofBoth] = [await forward(submission, x), await forward(submission, both)];
      const ofY = await forward(submission, { ...y, weights: x.weights });
      const bound = direct.convolution(g, both.image.map(Math.abs), x.weights.map(Math.abs), x.biases).values;
      const wider = direct.convolution(
        g,
        x.image.map((value, i) => Math.abs(value) + Math.abs(y.image[i])),
        x.weights.map(Math.abs),
        x.biases,
      );
      expectEqual({
        law: 'forward(x + y) = forward(x) + forward(y) if the biases are zero',
        name: 'OUT',
        axes: axesOf.output(g),
        got: ofBoth,
        expected: {
          values: ofX.map((value, i) => value + ofY[i]),
          magnitudes: wider.values.map((value, i) => 2 * Math.max(value, bound[i])),
          terms: wider.terms + 2,
        },
        geometry: g,
        inputs: [named.mat(both), named.weights(x)],
        origin: { call: forwardCall(both), against: 'other-inputs' },
      });
    });
  },
  { seeded: true },
);

criterion(
  'conv2d.forward-overwrite',
  async ({ submission, seed }) => {
    await assertProperty(seed, geometries(ANY), async (g) => {
      const one = makeCase(seed, g);
      expectEqual({
        law: 'the output does not depend on what the buffer held',
        name: 'OUT',
        axes: axesOf.output(g),
        got: await forward(submission, one, 'garbage'),
        // Compared with the submission's own result from a clean buffer: a wrong output is charged elsewhere.
        expected: await forward(submission, one),
        geometry: g,
        inputs: [named.mat(one), named.weights(one)],
        origin: { call: forwardCall(one), against: 'other-buffer' },
        explain: () => ADDED_TO,
      });
    });
  },
  { seeded: true },
);

/** In the order of the outputs. */
interface Gradients {
  readonly dWeights: Float64Array;
  readonly dBiases: Float64Array;
  readonly dMat: Float64Array;
}

const backwardCall = ({ g, mat, weights, biases, dOutput }: Case, fill: Fill = 'zero'): Call =>
  calls.backward(g, mat, weights, biases, dOutput, fill);

async function backward(submission: Subject, one: Case, fill: Fill = 'zero'): Promise<Gradients> {
  const { outputs } = await submission.call(backwardCall(one, fill));
  const [dWeights, dBiases, dMat] = outputs as Float64Array[];
  return { dWeights, dBiases, dMat };
}

/** The call that returned the gradient with that index among the outputs. */
const gradientOf = (one: Case, index: number, against?: Origin['against']): Origin => ({
  call: backwardCall(one),
  compared: { of: 'outputs', index },
  against,
});

function expectWeightsGradient(one: Case, { dWeights }: Gradients): void {
  const { g, mat, dOutput } = one;
  const expected = direct.dWeights(g, mat, dOutput);
  expectEqual({
    law: 'dError_dWeights = matrixᵀ · dError_dOutput, summed over the batch',
    name: 'dError_dWeights',
    axes: axesOf.weights(g),
    got: dWeights,
    expected,
    geometry: g,
    inputs: [named.mat(one), named.dOutput(one)],
    origin: gradientOf(one, 0),
    explain: explainByMistake(expected.values, divided(g), SUM_TOLERANCE),
  });
}

function expectBiasGradient(one: Case, { dBiases }: Gradients): void {
  const { g, dOutput } = one;
  const expected = direct.dBiases(g, dOutput);
  expectEqual({
    law: 'dError_dBiases is the sum of dError_dOutput over all pixels of the batch',
    name: 'dError_dBiases',
    axes: axesOf.biases(g),
    got: dBiases,
    expected,
    geometry: g,
    inputs: [named.dOutput(one)],
    origin: gradientOf(one, 1),
    explain: explainByMistake(expected.values, divided(g), SUM_TOLERANCE),
  });
}

function expectInputGradient(one: Case, { dMat }: Gradients): void {
  const { g, weights, dOutput } = one;
  const expected = direct.dMat(g, weights, dOutput);
  expectEqual({
    law: 'dError_dInput = dError_dOutput · kernelᵀ',
    name: 'dError_dInput',
    axes: axesOf.mat(g),
    got: dMat,
    expected,
    geometry: g,
    inputs: [named.weights(one), named.dOutput(one)],
    origin: gradientOf(one, 2),
    explain: explainByMistake(expected.values, divided(g), SUM_TOLERANCE),
  });
}

/** Averages instead of sums. */
const divided = (g: Geometry): Record<string, (value: number) => number> => ({
  'averaged over the batch: gradients are sums, the optimiser divides': (value) => value / g.B,
  'averaged over all output pixels: gradients are sums': (value) => value / (g.B * g.OpY * g.OpX),
});

type Check = (one: Case, gradients: Gradients) => void;

async function followsDefinition(submission: Subject, seed: number, check: Check): Promise<void> {
  await assertProperty(seed, geometries(ANY), async (g) => {
    for (const dtype of ['float64', 'float32'] as const) {
      const one = makeCase(seed, g, dtype);
      check(one, await backward(submission, one));
    }
  });
}

criterion('conv2d.weights-gradient', ({ submission, seed }) =>
  followsDefinition(submission, seed, expectWeightsGradient),
);
criterion('conv2d.bias-gradient', ({ submission, seed }) => followsDefinition(submission, seed, expectBiasGradient));
criterion('conv2d.input-gradient', ({ submission, seed }) => followsDefinition(submission, seed, expectInputGradient));

criterion(
  'conv2d.backward-overwrite',
  async ({ submission, seed }) => {
    await assertProperty(seed, geometries(ANY), async (g) => {
      const one = makeCase(seed, g);
      // Compared with the submission's own result from clean buffers: a wrong gradient is charged elsewhere.
      const [clean, spoilt] = [await backward(submission, one), await backward(submission, one, 'garbage')];
      const gradients = [
        ['dWeights', 'dError_dWeights', axesOf.weights(g)],
        ['dBiases', 'dError_dBiases', axesOf.biases(g)],
        ['dMat', 'dError_dInput', axesOf.mat(g)],
      ] as const;
      for (const [index, [of, name, axes]] of gradients.entries()) {
        expectEqual({
          law: 'the gradients overwrite what the buffers held',
          name,
          axes,
          got: spoilt[of],
          expected: clean[of],
          geometry: g,
          inputs: [named.mat(one), named.weights(one), named.dOutput(one)],
          origin: gradientOf(one, index, 'other-buffer'),
          explain: () => ADDED_TO,
        });
      }
    });
  },
  { seeded: true },
);

criterion(
  'conv2d.input-untouched',
  async ({ submission, seed }) => {
    await assertProperty(seed, geometries(ANY), async (g) => {
      const one = makeCase(seed, g);
      const arrays = [named.mat(one), named.weights(one), named.biases(one), named.dOutput(one)];
      for (const call of [forwardCall(one), backwardCall(one)]) {
        const { inputs } = await submission.call({ ...call, returnInputs: true });
        inputs.forEach((after, index) => {
          const { name, axes } = arrays[index];
          expectUntouched({ name, axes, geometry: g, call, index, after });
        });
      }
    });
  },
  { seeded: true },
);
