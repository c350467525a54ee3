import type { Geometry } from '@im2grade/nn';
import {
  assertDefinition,
  assertProperty,
  assertSizes,
  axesOf,
  type Call,
  type CaseData,
  type Comparison,
  criterion,
  type CriterionContext,
  direct,
  expectEqual,
  expectUntouched,
  explainByMistake,
  geometries,
  holds,
  ordinaryData,
  type Origin,
  PLAIN_GEOMETRIES,
  type Subject,
  workShowsIn,
} from '@im2grade/kit';
import {
  batchesOfOneLayer,
  calls,
  type Dtype,
  FEW,
  type Fill,
  imageSize,
  kernelSize,
  type OnLayer,
  outputSize,
  sizesOf,
} from './calls.ts';
import { newAndKept } from './newAndKept.ts';
import {
  BLOCKS,
  LARGE_MATRICES,
  LONG_COLUMNS,
  MANY_COLUMNS,
  MANY_MAPS,
  MANY_ROWS,
  ONE_OF_BLOCKS,
  SOME_MAPS,
} from './productSizes.ts';
import { type Limit, unlessTooSlow } from './unlessTooSlow.ts';

/** Strides, paddings and sides all differ: the matrix comes from the oracle, so Conv2D gets matrices of every shape. */
const ANY = { padding: true, stride: true, nonSquare: true };

/** Sums in single precision differ from the right ones by less. */
const SUM_TOLERANCE = 1e-5;

/** The commonest reason for a result that depends on the buffer's old values. */
const ADDED_TO =
  'the result depends on what the buffer held: give gemm beta = 0 the first time, or write every element yourself';

const unlessForwardTooSlow = unlessTooSlow();
const unlessBackwardTooSlow = unlessTooSlow();

type Numbers = Float64Array | Float32Array;

interface Case {
  readonly g: OnLayer;
  readonly image: Numbers;
  readonly mat: Numbers;
  readonly weights: Numbers;
  readonly biases: Numbers;
  readonly dOutput: Numbers;
  readonly remark: string;
}

const makeCase = (seed: number, g: OnLayer): Case => caseOf(g, ordinaryData(seed, g));

function caseOf(g: OnLayer, data: CaseData, dtype: Dtype = 'float64'): Case {
  const real = (length: number) => data.real(length, dtype);
  const image = real(imageSize(g));
  const mat = direct.Im2Mat(g, image);
  return {
    g,
    remark: data.remark,
    image,
    mat: dtype === 'float32' ? Float32Array.from(mat) : mat,
    weights: real(kernelSize(g)),
    biases: real(g.KnC),
    dOutput: real(outputSize(g)),
  };
}

/** With a kernel of zeros only the biases remain, whatever the product is. */
const biasesOnly = (one: Case): Case => ({ ...one, weights: one.weights.map(() => 0) });

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

const forward = async (submission: Subject, one: Case, fill: Fill = 'zero', limit: Limit = {}): Promise<Float64Array> =>
  (await submission.call({ ...forwardCall(one, fill), ...limit })).outputs[0] as Float64Array;

workShowsIn(PLAIN_GEOMETRIES.map((g) => forwardCall(makeCase(0, g))));

async function expectForward(submission: Subject, one: Case, limit?: Limit): Promise<void> {
  const { g, image, weights, biases } = one;
  const expected = direct.convolution(g, image, weights, biases);
  expectEqual({
    law: `output = matrix · kernel + biases, which is the convolution of the image${one.remark}`,
    name: 'OUT',
    axes: axesOf.output(g),
    got: await forward(submission, one, 'zero', limit),
    expected,
    geometry: g,
    inputs: [named.mat(one), named.weights(one), named.biases(one)],
    origin: { call: forwardCall(one) },
    ...causes(one, expected.values, {
      'the bias is missing': (value, i) => value - biases[i % g.KnC],
      'the bias is added twice': (value, i) => value + biases[i % g.KnC],
      'the bias is added once for every input channel': (value, i) => value + (g.InC - 1) * biases[i % g.KnC],
      'the bias is subtracted': (value, i) => value - 2 * biases[i % g.KnC],
    }),
  });
}

/** Numbers that are large, tiny or equal to each other fit several mistakes. */
const causes = (
  { remark }: Case,
  expected: Float64Array,
  mistakes: Parameters<typeof explainByMistake>[1],
): Pick<Comparison, 'explain'> =>
  remark === '' ? { explain: explainByMistake(expected, mistakes, SUM_TOLERANCE) } : {};

criterion('conv2d.forward', async ({ submission, seed }) => {
  const examine = (g: Geometry, data: CaseData, dtype: Dtype, limit?: Limit): Promise<void> =>
    expectForward(submission, withoutBias(caseOf(g, data, dtype)), limit);
  await assertDefinition(seed, geometries(ANY), BLOCKS, async (g, data) => {
    for (const dtype of ['float64', 'float32'] as const) await examine(g, data, dtype);
  });
  const examineLarge = (sizes: readonly Geometry[], mustEnd: boolean): Promise<void> =>
    assertSizes(seed, sizes, (g, data) =>
      unlessForwardTooSlow(submission, (limit) => examine(g, data, 'float64', limit), mustEnd),
    );
  await examineLarge(MANY_ROWS, true);
  await examineLarge(MANY_COLUMNS, false);
});

criterion('conv2d.bias', async ({ submission, seed }) => {
  const examine = (g: Geometry, data: CaseData): Promise<void> =>
    expectForward(submission, biasesOnly(caseOf(g, data)));
  await assertProperty(seed, geometries(ANY), (g) => examine(g, ordinaryData(seed, g)));
  await assertSizes(seed, SOME_MAPS, examine);
  await assertSizes(seed, MANY_MAPS, (g, data) => unlessForwardTooSlow(submission, () => examine(g, data)));
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
          // Three results have been rounded.
          magnitudes: wider.magnitudes.map((value) => 2 * value),
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
    const examine = (g: Geometry): Promise<void> => expectOutputOverwritten(submission, makeCase(seed, g));
    await assertProperty(seed, geometries(ANY), examine);
    await assertProperty(seed, geometries(ANY), (g) => expectForwardForgets(submission, seed, g), FEW);
    await assertSizes(seed, ONE_OF_BLOCKS, async (g) => {
      if (await holds(expectForward(submission, makeCase(seed, g)))) await examine(g);
    });
  },
  { seeded: true },
);

async function expectOutputOverwritten(submission: Subject, one: Case): Promise<void> {
  const { g } = one;
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
}

/** The likely cause if a layer that has had other batches gives something else than a new one. */
const KEPT = 'the layer keeps something from an earlier batch';

async function expectForwardForgets(submission: Subject, seed: number, geometry: Geometry): Promise<void> {
  for (const g of batchesOfOneLayer(geometry)) {
    const one = makeCase(seed, g);
    const [[alone], [got]] = await newAndKept(async (layer, fill) => [
      await forward(submission, layer === 'kept' ? one : onNewLayer(one), fill),
    ]);
    expectEqual({
      law: 'the output does not depend on the batches that the layer had before',
      name: 'OUT',
      axes: axesOf.output(g),
      got,
      expected: { ...direct.convolution(g, one.image, one.weights, one.biases), values: alone },
      geometry: sizesOf(g),
      inputs: [named.mat(one), named.weights(one), named.biases(one)],
      explain: () => KEPT,
    });
  }
}

const onNewLayer = (one: Case): Case => ({ ...one, g: sizesOf(one.g) });

/** In the order of the outputs. */
interface Gradients {
  readonly dWeights: Float64Array;
  readonly dBiases: Float64Array;
  readonly dMat: Float64Array;
}

const backwardCall = ({ g, mat, weights, biases, dOutput }: Case, fill: Fill = 'zero'): Call =>
  calls.backward(g, mat, weights, biases, dOutput, fill);

async function backward(submission: Subject, one: Case, fill: Fill = 'zero', limit: Limit = {}): Promise<Gradients> {
  const { outputs } = await submission.call({ ...backwardCall(one, fill), ...limit });
  const [dWeights, dBiases, dMat] = outputs as Float64Array[];
  return { dWeights, dBiases, dMat };
}

workShowsIn(PLAIN_GEOMETRIES.map((g) => backwardCall(makeCase(0, g))));

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
    law: `dError_dWeights = matrixᵀ · dError_dOutput, summed over the batch${one.remark}`,
    name: 'dError_dWeights',
    axes: axesOf.weights(g),
    got: dWeights,
    expected,
    geometry: g,
    inputs: [named.mat(one), named.dOutput(one)],
    origin: gradientOf(one, 0),
    ...causes(one, expected.values, divided(g)),
  });
}

function expectBiasGradient(one: Case, { dBiases }: Gradients): void {
  const { g, dOutput } = one;
  const expected = direct.dBiases(g, dOutput);
  expectEqual({
    law: `dError_dBiases is the sum of dError_dOutput over all pixels of the batch${one.remark}`,
    name: 'dError_dBiases',
    axes: axesOf.biases(g),
    got: dBiases,
    expected,
    geometry: g,
    inputs: [named.dOutput(one)],
    origin: gradientOf(one, 1),
    ...causes(one, expected.values, divided(g)),
  });
}

function expectInputGradient(one: Case, { dMat }: Gradients): void {
  const { g, weights, dOutput } = one;
  const expected = direct.dMat(g, weights, dOutput);
  expectEqual({
    law: `dError_dInput = dError_dOutput · kernelᵀ${one.remark}`,
    name: 'dError_dInput',
    axes: axesOf.mat(g),
    got: dMat,
    expected,
    geometry: g,
    inputs: [named.weights(one), named.dOutput(one)],
    origin: gradientOf(one, 2),
    ...causes(one, expected.values, divided(g)),
  });
}

/** Averages instead of sums. */
const divided = (g: Geometry): Record<string, (value: number) => number> => ({
  'averaged over the batch: gradients are sums, the optimiser divides': (value) => value / g.B,
  'averaged over all output pixels: gradients are sums': (value) => value / (g.B * g.OpY * g.OpX),
});

type Check = (one: Case, gradients: Gradients) => void;

/** @param mustEnd - whether the points are lost if `backward` does not end on a large matrix */
const follows =
  (check: Check, mustEnd = false) =>
  async ({ submission, seed }: CriterionContext): Promise<void> => {
    const examine = async (g: Geometry, data: CaseData, dtype: Dtype, limit?: Limit): Promise<void> => {
      const one = caseOf(g, data, dtype);
      check(one, await backward(submission, one, 'zero', limit));
    };
    await assertDefinition(seed, geometries(ANY), BLOCKS, async (g, data) => {
      for (const dtype of ['float64', 'float32'] as const) await examine(g, data, dtype);
    });
    const examineLarge = (sizes: readonly Geometry[], mustTheseEnd: boolean): Promise<void> =>
      assertSizes(seed, sizes, (g, data) =>
        unlessBackwardTooSlow(submission, (limit) => examine(g, data, 'float64', limit), mustTheseEnd),
      );
    await examineLarge(LARGE_MATRICES, mustEnd);
    await examineLarge(LONG_COLUMNS, false);
  };

criterion('conv2d.weights-gradient', follows(expectWeightsGradient, true));
criterion('conv2d.bias-gradient', follows(expectBiasGradient));
criterion('conv2d.input-gradient', follows(expectInputGradient));

async function expectGradients(submission: Subject, one: Case): Promise<void> {
  const gradients = await backward(submission, one);
  for (const check of [expectWeightsGradient, expectBiasGradient, expectInputGradient]) check(one, gradients);
}

criterion(
  'conv2d.backward-overwrite',
  async ({ submission, seed }) => {
    const examine = (g: Geometry): Promise<void> => expectGradientsOverwritten(submission, makeCase(seed, g));
    await assertProperty(seed, geometries(ANY), examine);
    await assertProperty(seed, geometries(ANY), (g) => expectBackwardForgets(submission, seed, g), FEW);
    await assertSizes(seed, ONE_OF_BLOCKS, async (g) => {
      if (await holds(expectGradients(submission, makeCase(seed, g)))) await examine(g);
    });
  },
  { seeded: true },
);

async function expectGradientsOverwritten(submission: Subject, one: Case): Promise<void> {
  const { g } = one;
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
}

async function expectBackwardForgets(submission: Subject, seed: number, geometry: Geometry): Promise<void> {
  for (const g of batchesOfOneLayer(geometry)) {
    const one = makeCase(seed, g);
    const [alone, got] = await newAndKept(async (layer, fill) => {
      const { dWeights, dBiases, dMat } = await backward(submission, layer === 'kept' ? one : onNewLayer(one), fill);
      return [dWeights, dBiases, dMat];
    });
    const { mat, weights, dOutput } = one;
    const gradients = [
      ['dError_dWeights', axesOf.weights(g), direct.dWeights(g, mat, dOutput)],
      ['dError_dBiases', axesOf.biases(g), direct.dBiases(g, dOutput)],
      ['dError_dInput', axesOf.mat(g), direct.dMat(g, weights, dOutput)],
    ] as const;
    for (const [of, [name, axes, sums]] of gradients.entries()) {
      expectEqual({
        law: 'the gradients do not depend on the batches that the layer had before',
        name,
        axes,
        got: got[of],
        expected: { ...sums, values: alone[of] },
        geometry: sizesOf(g),
        inputs: [named.mat(one), named.weights(one), named.dOutput(one)],
        explain: () => KEPT,
      });
    }
  }
}

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
