import type { Geometry } from '@im2grade/nn';
import {
  assertDefinition,
  assertSizes,
  axesOf,
  type CaseData,
  type Comparison,
  criterion,
  type CriterionContext,
  CriterionFailure,
  direct,
  type Subject,
  expectEqual,
  expectUntouched,
  geometries,
  type GeometryFeatures,
  holds,
  LARGE_BATCHES,
  LARGE_GEOMETRIES,
  LONG_SIDES,
  assertProperty,
  ordinaryData,
  type Origin,
  PLAIN_GEOMETRIES,
  randomData,
  workShowsIn,
} from '@im2grade/kit';
import {
  batchesOfOneLayer,
  calls,
  type Dtype,
  FEW,
  type Fill,
  imageSize,
  matSize,
  RUNS_ON_BATCHES,
  sizesOf,
} from './calls.ts';
import { explainMat2Im } from './causes.ts';
import { LARGE_WITH_FEATURES, LARGE_WITH_PADDING, stripsOf } from './imageSizes.ts';
import { newAndKept } from './newAndKept.ts';
import { onEveryPath } from './onEveryPath.ts';
import { type Limit, unlessTooSlow } from './unlessTooSlow.ts';

const BOTH: readonly Dtype[] = ['float64', 'float32'];

const unlessMat2ImTooSlow = unlessTooSlow();

const DEFINITION = 'each pixel is the sum over all elements (b, oy, ox, fy, fx, ic) that Im2Mat copies from it';

workShowsIn(PLAIN_GEOMETRIES.map((g) => calls.Mat2Im(g, new Float64Array(matSize(g)))));

async function expectDefinition(
  submission: Subject,
  g: Geometry,
  { real, remark }: CaseData,
  dtypes: readonly Dtype[] = BOTH,
  limit?: Limit,
): Promise<void> {
  for (const dtype of dtypes) {
    const dMat = real(matSize(g), dtype);
    const [got, expected] = [await mat2im(submission, g, dMat, 'zero', limit), direct.Mat2Im(g, dMat)];
    expectImage(g, dMat, got, expected, {
      law: DEFINITION + remark,
      ...(remark === '' && { explain: explainMat2Im(g, dMat) }),
    });
  }
}

const follows =
  (features: GeometryFeatures) =>
  ({ submission, seed }: CriterionContext): Promise<void> =>
    assertProperty(seed, geometries(features), (g) => expectDefinition(submission, g, ordinaryData(seed, g)));

interface ImageLaw extends Pick<Comparison, 'law' | 'explain'> {
  readonly against?: Origin['against'];
}

function expectImage(
  geometry: Geometry,
  dMat: Float64Array | Float32Array,
  got: Float64Array,
  expected: Comparison['expected'],
  { against, ...law }: ImageLaw,
): void {
  expectEqual({
    ...law,
    name: 'dError_dInput',
    axes: axesOf.image(geometry),
    got,
    expected,
    geometry,
    inputs: [{ name: 'dError_dOutput', values: dMat, axes: axesOf.mat(geometry) }],
    origin: { call: calls.Mat2Im(geometry, dMat), against },
  });
}

criterion('mat2im.definition', ({ submission, seed }) =>
  assertDefinition(seed, geometries(), [], (g, data) => expectDefinition(submission, g, data)),
);
criterion('mat2im.padding', follows({ padding: true }));
criterion('mat2im.stride', follows({ stride: true }));
criterion(
  'mat2im.non-square',
  async (context) => {
    const { submission, seed } = context;
    await follows({ nonSquare: true })(context);
    await assertSizes(seed, LARGE_GEOMETRIES, (g, data) =>
      unlessMat2ImTooSlow(submission, (limit) => expectDefinition(submission, g, data, BOTH, limit), true),
    );
    // Compared with the submission's own gradients of its halves: wrong padding is charged elsewhere.
    await assertSizes(seed, [LARGE_WITH_PADDING], (g) =>
      unlessMat2ImTooSlow(submission, () => expectBatch(submission, seed, g, g.B / 2)),
    );
    await assertSizes(seed, LARGE_WITH_FEATURES, async (g, data) => {
      const whole = (): Promise<void> => expectDefinition(submission, g, data, ['float64']);
      const strips = async (): Promise<void> => {
        for (const strip of stripsOf(g)) await expectDefinition(submission, strip, data, ['float64']);
      };
      if (await holds(strips())) await unlessMat2ImTooSlow(submission, whole);
    });
  },
  { seeded: true },
);

criterion(
  'mat2im.adjoint',
  async ({ submission, seed }) => {
    await assertProperty(seed, geometries({ padding: true, stride: true, nonSquare: true }), async (g) => {
      const values = randomData(seed, g);
      const [x, y] = [values.real(imageSize(g)), values.real(matSize(g))];
      const gradient = await mat2im(submission, g, y);
      const [left, right] = [dot(direct.Im2Mat(g, x), y), dot(x, gradient)];
      const bound = 4 * (imageSize(g) + matSize(g)) * Number.EPSILON * (dotOfAbsolutes(direct.Im2Mat(g, x), y) + 1);
      if (Math.abs(left - right) <= bound) return;
      // The law shows that something is wrong; the definition shows where.
      await expectDefinition(submission, g, ordinaryData(seed, g));
      throw new CriterionFailure(`⟨Im2Mat x, y⟩ = ${left} but ⟨x, Mat2Im y⟩ = ${right}`);
    });
    await assertSizes(seed, LONG_SIDES, (g, data) =>
      unlessMat2ImTooSlow(submission, () => expectDefinition(submission, g, data, ['float64'])),
    );
  },
  { seeded: true },
);

criterion(
  'mat2im.coverage',
  async ({ submission, seed }) => {
    await assertProperty(seed, geometries({}), async (g) => {
      const image = randomData(seed, g).real(imageSize(g));
      const mat = direct.Im2Mat(g, image);
      const [counts, sums] = [direct.coverage(g), direct.Mat2Im(g, mat)];
      const expected = { ...sums, values: Float64Array.from(image, (value, i) => value * counts[i]) };
      expectImage(g, mat, await mat2im(submission, g, mat), expected, {
        law: 'Mat2Im(Im2Mat(x)) is x times the number of kernel positions that see the pixel',
        explain: explainMat2Im(g, mat),
      });
    });
  },
  { seeded: true },
);

criterion(
  'mat2im.batch',
  async ({ submission, seed }) => {
    await assertProperty(
      seed,
      geometries({ batch: true }),
      (g) => expectBatch(submission, seed, g, 1),
      RUNS_ON_BATCHES,
    );
    await assertSizes(seed, LARGE_BATCHES, (g) =>
      unlessMat2ImTooSlow(submission, () => expectBatch(submission, seed, g, Math.floor(g.B / 2))),
    );
  },
  { seeded: true },
);

/** Compares the gradient of a batch with the submission's own gradients of its parts. */
async function expectBatch(submission: Subject, seed: number, g: Geometry, imagesOfPart: number): Promise<void> {
  const dMat = randomData(seed, g).real(matSize(g));
  const whole = await mat2im(submission, g, dMat);
  const values = new Float64Array(imageSize(g));
  for (let b = 0; b < g.B; b += imagesOfPart) {
    const [from, to] = [
      { ...g, B: b },
      { ...g, B: Math.min(g.B, b + imagesOfPart) },
    ];
    const part = dMat.slice(matSize(from), matSize(to));
    values.set(await mat2im(submission, { ...g, B: to.B - b }, part), imageSize(from));
  }
  expectImage(
    g,
    dMat,
    whole,
    { ...direct.Mat2Im(g, dMat), values },
    {
      law: 'the gradient of a batch is the gradients of its images, one after the other',
      against: 'other-inputs',
    },
  );
}

/** Throws if the definition does not hold, on one kind of numbers. */
const expectDefinitionBy =
  (submission: Subject, seed: number) =>
  (g: Geometry): Promise<void> =>
    expectDefinition(submission, g, ordinaryData(seed, g), ['float64']);

criterion(
  'mat2im.overwrite',
  async ({ submission, seed }) => {
    const examine = (g: Geometry): Promise<void> => expectOverwritten(submission, seed, g);
    const examineLayer = (g: Geometry): Promise<void> => expectLayerForgets(submission, seed, g);
    await assertProperty(seed, geometries({}), examine);
    await assertProperty(seed, geometries(), examineLayer, FEW);
    await onEveryPath(seed, expectDefinitionBy(submission, seed), examine);
    await onEveryPath(seed, expectDefinitionBy(submission, seed), examineLayer, FEW);
  },
  { seeded: true },
);

async function expectOverwritten(submission: Subject, seed: number, g: Geometry): Promise<void> {
  const dMat = randomData(seed, g).real(matSize(g));
  // Compared with the submission's own result from a clean buffer: a wrong sum is charged elsewhere.
  const clean = await mat2im(submission, g, dMat);
  expectImage(g, dMat, await mat2im(submission, g, dMat, 'garbage'), clean, {
    law: 'the gradient does not depend on what the buffer held',
    against: 'other-buffer',
    explain: () => 'the result depends on what the buffer held: set it to 0 first',
  });
}

/** One layer, given batch after batch, gives what a new layer gives for each. */
async function expectLayerForgets(submission: Subject, seed: number, geometry: Geometry): Promise<void> {
  for (const onLayer of batchesOfOneLayer(geometry)) {
    const g = sizesOf(onLayer);
    const dMat = randomData(seed, onLayer).real(matSize(g));
    const [[alone], [got]] = await newAndKept(async (layer, fill) => [
      await mat2im(submission, layer === 'kept' ? onLayer : g, dMat, fill),
    ]);
    expectImage(
      g,
      dMat,
      got,
      { ...direct.Mat2Im(g, dMat), values: alone },
      {
        law: 'the gradient does not depend on the batches that the layer had before',
        explain: () => 'the layer keeps something from an earlier batch',
      },
    );
  }
}

criterion(
  'mat2im.input-untouched',
  async ({ submission, seed }) => {
    const examine = async (g: Geometry): Promise<void> => {
      const dMat = randomData(seed, g).real(matSize(g));
      const call = calls.Mat2Im(g, dMat);
      const { inputs } = await submission.call({ ...call, returnInputs: true });
      expectUntouched({ name: 'dError_dOutput', axes: axesOf.mat(g), geometry: g, call, index: 0, after: inputs[0] });
    };
    await assertProperty(seed, geometries({}), examine);
    await onEveryPath(seed, expectDefinitionBy(submission, seed), examine);
  },
  { seeded: true },
);

type Numbers = Float64Array | Float32Array;

async function mat2im(
  submission: Subject,
  g: Geometry,
  dMat: Numbers,
  fill: Fill = 'zero',
  limit: Limit = {},
): Promise<Float64Array> {
  return (await submission.call({ ...calls.Mat2Im(g, dMat, fill), ...limit })).outputs[0] as Float64Array;
}

function dot(a: Numbers, b: Numbers): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function dotOfAbsolutes(a: Numbers, b: Numbers): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i] * b[i]);
  return sum;
}
