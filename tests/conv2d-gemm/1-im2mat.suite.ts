import { convGeometry, type Geometry } from '@im2grade/nn';
import {
  assertDefinition,
  assertSizes,
  axesOf,
  type CaseData,
  criterion,
  type CriterionContext,
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
import { explainIm2Mat } from './causes.ts';
import { LARGE_WITH_FEATURES, LARGE_WITH_PADDING, stripsOf } from './imageSizes.ts';
import { newAndKept } from './newAndKept.ts';
import { onEveryPath } from './onEveryPath.ts';

const DEFINITION =
  'element (b, oy, ox, fy, fx, ic) is pixel (b, oy·Sy − Py + fy, ox·Sx − Px + fx, ic), or 0 in the padding';

workShowsIn(PLAIN_GEOMETRIES.map((g) => calls.Im2Mat(g, new Float64Array(imageSize(g)))));

/** Im2Mat against its definition, on both types of numbers. */
async function expectDefinition(
  submission: Subject,
  g: Geometry,
  { real, remark }: CaseData,
  dtypes: readonly Dtype[] = ['float64', 'float32'],
): Promise<void> {
  for (const dtype of dtypes) {
    const image = real(imageSize(g), dtype);
    expectMat(g, image, await im2mat(submission, g, image), direct.Im2Mat(g, image), {
      law: DEFINITION + remark,
      hasCauses: remark === '',
    });
  }
}

const follows =
  (features: GeometryFeatures) =>
  ({ submission, seed }: CriterionContext): Promise<void> =>
    assertProperty(seed, geometries(features), (g) => expectDefinition(submission, g, ordinaryData(seed, g)));

interface MatLaw {
  readonly law: string;
  /** False if the numbers may be equal to each other, so that several mistakes give the same result. */
  readonly hasCauses?: boolean;
  readonly against?: Origin['against'];
  /** The likely cause if the result does not show one. */
  readonly otherwise?: string;
}

function expectMat(
  geometry: Geometry,
  image: Float64Array | Float32Array,
  got: Float64Array,
  expected: Float64Array,
  { law, hasCauses = true, against, otherwise }: MatLaw,
): void {
  expectEqual({
    law,
    name: 'OUT',
    axes: axesOf.mat(geometry),
    got,
    expected,
    geometry,
    inputs: [{ name: 'INP', values: image, axes: axesOf.image(geometry) }],
    origin: { call: calls.Im2Mat(geometry, image), against },
    ...(hasCauses && { explain: (wrong) => explainIm2Mat(geometry, image)(wrong) ?? otherwise }),
  });
}

criterion('im2mat.definition', ({ submission, seed }) =>
  assertDefinition(seed, geometries(), [], (g, data) => expectDefinition(submission, g, data)),
);
criterion('im2mat.padding', follows({ padding: true }));
criterion('im2mat.stride', follows({ stride: true }));
criterion(
  'im2mat.padding-and-stride',
  async ({ submission, seed }) => {
    let isChargedElsewhere = false;
    await assertProperty(seed, geometries({ padding: true, stride: true, nonSquare: true }), async (g) => {
      const image = randomData(seed, g).real(imageSize(g));
      const [got, expected] = [await im2mat(submission, g, image), direct.Im2Mat(g, image)];
      // What padding alone or strides alone would give as well is charged there.
      const isAlready =
        !isEqual(got, expected) &&
        (isEqual(got, await fromStridesAlone(submission, g, image)) ||
          isEqual(got, await fromPaddingAlone(submission, g, image)));
      if (isAlready) isChargedElsewhere = true;
      else expectMat(g, image, got, expected, { law: DEFINITION });
    });
    // What is wrong on small images is wrong on large ones for the same reason.
    if (!isChargedElsewhere)
      await assertSizes(seed, LONG_SIDES, (g, data) => expectDefinition(submission, g, data, ['float64']));
  },
  { seeded: true },
);

/** The submission's matrix of the image with zeros around it. */
function fromStridesAlone(submission: Subject, g: Geometry, image: Float64Array | Float32Array): Promise<Float64Array> {
  const { B, InY, InX, InC, Py, Px } = g;
  const padded = convGeometry({ ...g, InY: InY + 2 * Py, InX: InX + 2 * Px, Py: 0, Px: 0 });
  const withZeros = new Float64Array(imageSize(padded));
  for (let b = 0; b < B; b++)
    for (let iy = 0; iy < InY; iy++) {
      const row = image.subarray((b * InY + iy) * InX * InC, (b * InY + iy + 1) * InX * InC);
      withZeros.set(row, ((b * padded.InY + iy + Py) * padded.InX + Px) * InC);
    }
  return im2mat(submission, padded, withZeros);
}

/** The rows of the submission's matrix without strides that the strides do not skip. */
async function fromPaddingAlone(
  submission: Subject,
  g: Geometry,
  image: Float64Array | Float32Array,
): Promise<Float64Array> {
  const { B, OpY, OpX, Sy, Sx } = g;
  const dense = convGeometry({ ...g, Sy: 1, Sx: 1 });
  const patch = g.KnY * g.KnX * g.InC;
  const all = await im2mat(submission, dense, image);
  const kept = new Float64Array(matSize(g));
  for (let b = 0; b < B; b++)
    for (let oy = 0; oy < OpY; oy++)
      for (let ox = 0; ox < OpX; ox++) {
        const from = ((b * dense.OpY + oy * Sy) * dense.OpX + ox * Sx) * patch;
        kept.set(all.subarray(from, from + patch), ((b * OpY + oy) * OpX + ox) * patch);
      }
  return kept;
}

/** NaN is equal to NaN. */
const isEqual = (got: Float64Array, expected: Float64Array): boolean =>
  got.every((value, i) => value === expected[i] || (Number.isNaN(value) && Number.isNaN(expected[i])));

criterion(
  'im2mat.non-square',
  async (context) => {
    const { submission, seed } = context;
    await follows({ nonSquare: true })(context);
    await assertSizes(seed, LARGE_GEOMETRIES, (g, data) => expectDefinition(submission, g, data));
    // Compared with the submission's own matrices of its halves: wrong padding is charged elsewhere.
    await assertSizes(seed, [LARGE_WITH_PADDING], (g) => expectBatch(submission, seed, g, g.B / 2));
    await assertSizes(seed, LARGE_WITH_FEATURES, async (g, data) => {
      const strips = async (): Promise<void> => {
        for (const strip of stripsOf(g)) await expectDefinition(submission, strip, data, ['float64']);
      };
      if (await holds(strips())) await expectDefinition(submission, g, data, ['float64']);
    });
  },
  { seeded: true },
);

criterion(
  'im2mat.batch',
  async ({ submission, seed }) => {
    await assertProperty(
      seed,
      geometries({ batch: true }),
      (g) => expectBatch(submission, seed, g, 1),
      RUNS_ON_BATCHES,
    );
    await assertSizes(seed, LARGE_BATCHES, (g) => expectBatch(submission, seed, g, Math.floor(g.B / 2)));
  },
  { seeded: true },
);

/** Compares the matrix of a batch with the submission's own matrices of its parts. */
async function expectBatch(submission: Subject, seed: number, g: Geometry, imagesOfPart: number): Promise<void> {
  const image = randomData(seed, g).real(imageSize(g));
  const whole = await im2mat(submission, g, image);
  const expected = new Float64Array(matSize(g));
  for (let b = 0; b < g.B; b += imagesOfPart) {
    const [from, to] = [
      { ...g, B: b },
      { ...g, B: Math.min(g.B, b + imagesOfPart) },
    ];
    const part = image.slice(imageSize(from), imageSize(to));
    expected.set(await im2mat(submission, { ...g, B: to.B - b }, part), matSize(from));
  }
  expectMat(g, image, whole, expected, {
    law: 'the matrix of a batch is the matrices of its images, one below the other',
    against: 'other-inputs',
  });
}

criterion(
  'im2mat.identity',
  async ({ submission, seed }) => {
    await assertProperty(seed, geometries({ nonSquare: true }), async ({ B, InY, InX, InC }) => {
      const g = convGeometry({ B, InY, InX, InC, KnY: 1, KnX: 1 });
      const image = randomData(seed, g).real(imageSize(g));
      expectMat(g, image, await im2mat(submission, g, image), Float64Array.from(image), {
        law: 'with a 1×1 kernel the matrix is the image',
      });
    });
  },
  { seeded: true },
);

criterion(
  'im2mat.translation',
  async ({ submission, seed }) => {
    await assertProperty(seed, geometries({}), async (g) => {
      const image = randomData(seed, g).real(imageSize(g));
      const shifted = new Float64Array(image.length);
      const rowOfImage = g.InX * g.InC;
      for (let i = 0; i < image.length; i++) {
        // One pixel down: row iy of the shifted image is row iy − 1 of the image; the first row is empty.
        if (Math.floor(i / rowOfImage) % g.InY > 0) shifted[i] = image[i - rowOfImage];
      }
      const [rows, of, got] = [
        g.OpX * g.KnY * g.KnX * g.InC,
        await im2mat(submission, g, image),
        await im2mat(submission, g, shifted),
      ];
      const expected = got.slice();
      for (let b = 0; b < g.B; b++) {
        for (let oy = 1; oy < g.OpY; oy++)
          expected.set(of.subarray((b * g.OpY + oy - 1) * rows, (b * g.OpY + oy) * rows), (b * g.OpY + oy) * rows);
      }
      expectMat(g, shifted, got, expected, {
        law: 'an image shifted by one pixel gives the same rows, shifted by one output pixel',
        against: 'other-inputs',
      });
    });
  },
  { seeded: true },
);

criterion(
  'im2mat.linearity',
  async ({ submission, seed }) => {
    await assertProperty(seed, geometries({}), async (g) => {
      const values = randomData(seed, g);
      const [x, y] = [values.real(imageSize(g)), values.real(imageSize(g))];
      const sum = Float64Array.from(x, (value, i) => value + y[i]);
      const [ofX, ofY, ofSum] = [
        await im2mat(submission, g, x),
        await im2mat(submission, g, y),
        await im2mat(submission, g, sum),
      ];
      expectMat(
        g,
        sum,
        ofSum,
        ofX.map((value, i) => value + ofY[i]),
        { law: 'Im2Mat(x + y) = Im2Mat(x) + Im2Mat(y)', against: 'other-inputs' },
      );
    });
  },
  { seeded: true },
);

/** Throws if the definition does not hold, on one kind of numbers. */
const expectDefinitionBy =
  (submission: Subject, seed: number) =>
  (g: Geometry): Promise<void> =>
    expectDefinition(submission, g, ordinaryData(seed, g), ['float64']);

criterion(
  'im2mat.overwrite',
  async ({ submission, seed }) => {
    const examine = (g: Geometry): Promise<void> => expectOverwritten(submission, seed, g);
    const examineLayer = (g: Geometry): Promise<void> => expectLayerForgets(submission, seed, g);
    await assertProperty(seed, geometries({ padding: true }), examine);
    await assertProperty(seed, geometries({ padding: true }), examineLayer, FEW);
    await onEveryPath(seed, expectDefinitionBy(submission, seed), examine);
    await onEveryPath(seed, expectDefinitionBy(submission, seed), examineLayer, FEW);
  },
  { seeded: true },
);

async function expectOverwritten(submission: Subject, seed: number, g: Geometry): Promise<void> {
  const image = randomData(seed, g).real(imageSize(g));
  // Compared with the submission's own result from a clean buffer: a wrong pixel is charged elsewhere.
  const clean = await im2mat(submission, g, image);
  expectMat(g, image, await im2mat(submission, g, image, 'garbage'), clean, {
    law: 'the matrix does not depend on what the buffer held',
    against: 'other-buffer',
  });
}

/** One layer, given batch after batch, gives what a new layer gives for each. */
async function expectLayerForgets(submission: Subject, seed: number, geometry: Geometry): Promise<void> {
  for (const onLayer of batchesOfOneLayer(geometry)) {
    const g = sizesOf(onLayer);
    const image = randomData(seed, onLayer).real(imageSize(g));
    const [[alone], [got]] = await newAndKept(async (layer, fill) => [
      await im2mat(submission, layer === 'kept' ? onLayer : g, image, fill),
    ]);
    expectMat(g, image, got, alone, {
      law: 'the matrix does not depend on the batches that the layer had before',
      otherwise: 'the layer keeps something from an earlier batch',
    });
  }
}

criterion(
  'im2mat.input-untouched',
  async ({ submission, seed }) => {
    const examine = async (g: Geometry): Promise<void> => {
      const image = randomData(seed, g).real(imageSize(g));
      const call = calls.Im2Mat(g, image);
      const { inputs } = await submission.call({ ...call, returnInputs: true });
      expectUntouched({ name: 'INP', axes: axesOf.image(g), geometry: g, call, index: 0, after: inputs[0] });
    };
    await assertProperty(seed, geometries({ padding: true }), examine);
    await onEveryPath(seed, expectDefinitionBy(submission, seed), examine);
  },
  { seeded: true },
);

async function im2mat(
  submission: Subject,
  g: Geometry,
  image: Float64Array | Float32Array,
  fill: Fill = 'zero',
): Promise<Float64Array> {
  return (await submission.call(calls.Im2Mat(g, image, fill))).outputs[0] as Float64Array;
}
