import type * as z from 'zod';
import type { Evidence, Tensor } from '../../model/evidence.ts';

type Draft<T extends Evidence['type']> = Extract<z.input<typeof Evidence>, { type: T }>;

/** One of each kind of evidence, as the suites write them. */
export function exampleEvidence(): {
  counterexample: Draft<'counterexample'>;
  digitCounterexample: Draft<'counterexample'>;
  misbehaviour: Draft<'misbehaviour'>;
  gradientCheck: Draft<'gradient-check'>;
  timing: Draft<'timing'>;
  scaling: Draft<'scaling'>;
  learningCurves: Draft<'learning-curves'>;
  handedInCurves: Draft<'learning-curves'>;
  classification: Draft<'classification'>;
  filters: Draft<'pictures'>;
  activations: Draft<'pictures'>;
  remark: Draft<'remark'>;
} {
  return {
    counterexample: paddingCounterexample(),
    digitCounterexample: digitCounterexample(),
    misbehaviour: {
      type: 'misbehaviour',
      what: 'timed-out',
      message: 'no answer from Mat2Im after 2 s',
      geometry: GEOMETRY,
    },
    gradientCheck: {
      type: 'gradient-check',
      network: 'conv 3×5×2→3, stride 1×2, padding 1×2, on 5×7 images, batch 2',
      tolerance: 1e-6,
      tensors: [
        gradient('input', 140, 4.1e-10, -0.3312, -0.3312),
        gradient('weights', 90, 2.3e-9, 1.4142, 1.4142),
        {
          ...gradient('bias', 3, 0.875, 24.61, 3.0763),
          errors: { axes: [{ name: 'fc', size: 3 }], values: [0.875, null, 2e-9] },
          cause: 'every wrong element is 8 times what it should be',
        },
        gradient('output weights', 240, 'NaN', 'NaN', 0.12),
      ],
    },
    timing: {
      type: 'timing',
      operation: 'Conv2D forward',
      geometry: { B: 16, InY: 28, InX: 28, InC: 8, KnY: 5, KnX: 5, KnC: 16 },
      seconds: { submission: samples(0.0291, 11), reference: samples(0.0126, 11), naive: samples(0.19, 11) },
      ratio: { median: 2.31, low: 2.27, high: 2.38 },
      naiveRatio: 15.1,
      fullCreditRatio: 1.15,
      credit: 0.62,
      processes: 3,
    },
    scaling: {
      type: 'scaling',
      operation: 'a training step',
      geometry: { B: 32, InY: 28, InX: 28 },
      team: 2,
      seconds: {
        submission: { alone: samples(0.031, 9), inTurns: samples(0.031, 9), together: samples(0.021, 9) },
        reference: { alone: samples(0.024, 9), inTurns: samples(0.024, 9), together: samples(0.013, 9) },
      },
      speedUp: {
        submission: { over: 'alone', median: 1.48, low: 1.43, high: 1.52 },
        reference: { over: 'alone', median: 1.85, low: 1.8, high: 1.89 },
      },
      credit: 0.77,
    },
    learningCurves: {
      type: 'learning-curves',
      network: 'conv 5×5×1→8, lrelu, linear 10, softmax',
      series: [
        {
          name: 'submission',
          crossEntropy: [0.71, 0.31, 0.24, 0.205, 0.18, 0.163],
          accuracy: [0.79, 0.907, 0.927, 0.938, 0.946, 0.951],
          seconds: 5.1,
        },
        {
          name: 'reference',
          crossEntropy: [0.7, 0.305, 0.236, 0.2, 0.176, 0.158],
          accuracy: [0.8, 0.911, 0.931, 0.941, 0.949, 0.954],
          seconds: 2.2,
        },
      ],
    },
    handedInCurves: {
      type: 'learning-curves',
      network: 'a net of one’s own',
      files: ['curves/own.csv'],
      epochs: [0, 1, 2, 3],
      series: [
        { name: 'train', crossEntropy: [2.31, 1.62, 1.21, 'NaN'], accuracy: [] },
        { name: 'test', crossEntropy: [2.31, 1.7, 1.5, 1.55], accuracy: [] },
      ],
    },
    classification: {
      type: 'classification',
      network: 'conv 5×5×1→8, lrelu, linear 10, softmax',
      digits: 1000,
      correct: 951,
      accuracy: 0.951,
      required: 0.93,
      confusion: Array.from({ length: 10 }, (_, label) =>
        Array.from({ length: 10 }, (_, answer) =>
          label === answer ? 91 + ((label * 7) % 9) : (label * 3 + answer * 5) % 7 === 0 ? 2 : 0,
        ),
      ),
      publicDigits: {
        digits: 1005,
        correct: 956,
        misread: Array.from({ length: 40 }, (_, i) => ({
          image: ringImage(5 + (i % 4)),
          label: i % 10,
          answer: (i * 3 + 1) % 10 === i % 10 ? (i + 1) % 10 : (i * 3 + 1) % 10,
        })),
      },
      firstLayer: exampleFirstLayer(),
    },
    filters: {
      type: 'pictures',
      shows: '20 of 64 filters of the first convolution, conv1, 7×7.',
      drawn: 'colours',
      most: 0.41,
      pictures: Array.from({ length: 20 }, (_, k) => waves(k, 7, 3)),
    },
    activations: {
      type: 'pictures',
      shows: 'What 4 of 64 filters of the first convolution, conv1, give for an image, of shape 1×64×32×32.',
      drawn: 'signed',
      most: 2.5,
      given: { ...waves(0, 32, 3), name: 'an image' },
      pictures: Array.from({ length: 4 }, (_, k) => waves(k, 32, 1)),
    },
    remark: {
      type: 'remark',
      message: 'The tuned network is right on 964 of 1000 hidden digits, the given one on 951.',
    },
  };
}

const GEOMETRY = { B: 1, InY: 3, InX: 4, InC: 1, KnY: 3, KnX: 3, KnC: 1, Sy: 1, Sx: 1, Py: 1, Px: 1, OpY: 3, OpX: 4 };

/** Padding that is not written: previous contents of the buffer show through in the first patches. */
function paddingCounterexample(): Draft<'counterexample'> {
  const image = Array.from({ length: 12 }, (_, i) => i + 1);
  const patch = (garbage: number | undefined): number[] =>
    Array.from({ length: 12 * 9 }, (_, at) => {
      const [o, f] = [Math.floor(at / 9), at % 9];
      const [y, x] = [Math.floor(o / 4) + Math.floor(f / 3) - 1, (o % 4) + (f % 3) - 1];
      const inside = y >= 0 && y < 3 && x >= 0 && x < 4;
      return inside ? image[y * 4 + x] : (garbage ?? 0) + (garbage ? at / 64 : 0);
    });
  const axes = [
    { name: 'oy', size: 3 },
    { name: 'ox', size: 4 },
    { name: 'fy', size: 3 },
    { name: 'fx', size: 3 },
  ];
  return {
    type: 'counterexample',
    law: 'Im2Mat copies every patch into its row; outside the image it writes 0.',
    message: 'OUT[b=0, oy=0, ox=0, fy=0, fx=0, ic=0]: expected 0, got 7.25',
    cause: 'The elements of padding are skipped instead of being set to 0.',
    geometry: GEOMETRY,
    dtype: 'float64',
    inputs: [
      {
        name: 'INP',
        axes: [
          { name: 'iy', size: 3 },
          { name: 'ix', size: 4 },
        ],
        values: image,
      },
    ],
    expected: { name: 'OUT', axes, values: patch(undefined) },
    got: { name: 'OUT', axes, values: patch(7.25) },
    wrongIndex: 0,
    seed: 20181121,
    path: '37:0:2',
    runs: 38,
    shrinks: 9,
    replay: {
      name: 'Im2Mat',
      options: GEOMETRY,
      inputs: ['INP'],
      outputs: [108],
      compared: { of: 'outputs', index: 0 },
      exact: true,
      against: 'expected',
    },
  };
}

/** Something that looks like a 0, the size of a digit. */
const ring = (radius: number): number[] =>
  Array.from({ length: 784 }, (_, i) => {
    const distance = Math.hypot(Math.floor(i / 28) - 13.5, (i % 28) - 13.5);
    return Math.round(255 * Math.max(0, 1 - Math.abs(distance - radius) / 2.5));
  });

const ringImage = (radius: number) => ({
  height: 28,
  width: 28,
  pixels: Buffer.from(ring(radius)).toString('base64'),
});

/** Edges in eight directions, and their outputs for a ring. */
function exampleFirstLayer(): NonNullable<Draft<'classification'>['firstLayer']> {
  const shape = (y: string, x: string, size: number) => [
    { name: y, size },
    { name: x, size },
    { name: 'filter', size: 8 },
  ];
  const values = (size: number, value: (y: number, x: number, angle: number) => number): number[] =>
    Array.from({ length: size * size * 8 }, (_, at) => {
      const [pixel, filter] = [Math.floor(at / 8), at % 8];
      const centre = (size - 1) / 2;
      const result = value(Math.floor(pixel / size) - centre, (pixel % size) - centre, (filter * Math.PI) / 4);
      return Number(result.toPrecision(3));
    });
  const edge = (y: number, x: number, angle: number): number => 0.1 * (x * Math.cos(angle) + y * Math.sin(angle));
  const answer = (y: number, x: number, angle: number): number =>
    (Math.exp(-((Math.hypot(y, x) - 6) ** 2) / 3) * edge(y, x, angle)) / (0.1 + Math.hypot(y, x));
  return {
    filterCount: 8,
    filters: { name: 'filters', axes: shape('ky', 'kx', 5), values: values(5, edge) },
    digit: ringImage(8),
    label: 0,
    activations: { name: 'activations', axes: shape('oy', 'ox', 20), values: values(20, answer) },
  };
}

/** Waves in a direction of their own, for each channel a little further on. */
function waves(filter: number, side: number, channels: number): Draft<'pictures'>['pictures'][number] {
  const [y, x] = [Math.sin(filter), Math.cos(filter)];
  const bytes = Uint8Array.from({ length: side * side * channels }, (_, i) => {
    const [pixel, channel] = [Math.floor(i / channels), i % channels];
    const at = (Math.floor(pixel / side) * y + (pixel % side) * x) / side;
    return 128 + Math.round(127 * Math.sin(6 * at + channel));
  });
  return { name: `filter ${filter}`, height: side, width: side, pixels: Buffer.from(bytes).toString('base64') };
}

/** Something the size of a digit, drawn as pixels. */
function digitCounterexample(): Draft<'counterexample'> {
  const axes = [
    { name: 'b', size: 1 },
    { name: 'iy', size: 28 },
    { name: 'ix', size: 28 },
  ];
  const digit = ring(8);
  const expected: Tensor = { name: 'dError_dInput', axes, values: digit.map((value) => value * 4) };
  const got: Tensor = {
    ...expected,
    values: digit.map((value, i) => (i % 28 === 27 || i > 720 ? 0 : value * 4 - (i % 28 === 9 && i >= 140 ? 1 : 0))),
  };
  return {
    type: 'counterexample',
    law: '⟨Im2Mat x, y⟩ = ⟨x, Mat2Im y⟩ for every x and y.',
    message: 'dError_dInput[b=0, iy=5, ix=9]: expected 360, got 359',
    dtype: 'float32',
    geometry: { ...GEOMETRY, InY: 28, InX: 28, Sy: 2, Sx: 2 },
    inputs: [{ name: 'x', axes, values: digit }],
    expected,
    got,
    wrongIndex: 5 * 28 + 9,
  };
}

function gradient(
  name: string,
  size: number,
  maxError: number | 'NaN',
  analytic: number | 'NaN',
  numeric: number,
): Draft<'gradient-check'>['tensors'][number] {
  return { name, size, skippedKinks: 0, maxError, worstIndex: size - 1, analytic, numeric };
}

/** Times around a typical one, a little skewed as times are. */
function samples(typical: number, n: number): number[] {
  return Array.from({ length: n }, (_, i) => typical * (1 + 0.03 * Math.sin(i * 2.4) + (i % 5 === 0 ? 0.08 : 0)));
}
