import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gemm, useRuntime, convGeometry, type Geometry, createRandom, type Random } from '@im2grade/nn';
import type { Real, RealConstructor } from '@im2grade/engine';
import { absence, createImplementations, type Implementation } from '../../../engine/src/test/implementations.ts';
import { convolutionBackward } from './convolutionBackward.ts';
import { convolutionForward } from './convolutionForward.ts';
import { convolutionWorkspace } from './convolutionWorkspace.ts';
import { extents } from './extents.ts';

const installed = createImplementations(2 ** 26);
const multiplying = installed.find(({ name }) => name === 'wasm')!.backend.multiply;
const parties: readonly Implementation[] = [
  ...installed,
  { name: 'a backend without convolution', backend: { name: 'wasm', multiply: multiplying } },
];

const GUARD = 777;
const GUARDS = 5;

/** Makes arrays between guards, some in the implementation's memory and some not, and checks that the guards are intact. */
function arena(real: RealConstructor, random: Random, memory?: SharedArrayBuffer) {
  const all: Real[] = [];
  // The first page is the kernels' own.
  let at = 65536;
  const make = (length: number, value: () => number): Real => {
    const size = length + 2 * GUARDS;
    const isInside = memory && random.uniform(0, 1) < 0.7;
    const whole: Real = isInside ? new (real as new (...at: unknown[]) => Real)(memory, at, size) : new real(size);
    if (isInside) at += size * real.BYTES_PER_ELEMENT;
    whole.fill(GUARD);
    for (let i = GUARDS; i < GUARDS + length; i++) whole[i] = value();
    all.push(whole);
    return whole.subarray(GUARDS, GUARDS + length);
  };
  return {
    garbage: (length: number) => make(length, () => NaN),
    numbers: (length: number) => make(length, () => random.uniform(-1, 1)),
    guardsStand: () =>
      all.every((whole) =>
        [...whole.subarray(0, GUARDS), ...whole.subarray(-GUARDS)].every((value) => value === GUARD),
      ),
  };
}

/** Sums of products, and of their magnitudes: what rounding errors are bounded by. */
class Sums {
  readonly values: Float64Array;
  readonly magnitudes: Float64Array;

  constructor(length: number) {
    this.values = new Float64Array(length);
    this.magnitudes = new Float64Array(length);
  }

  add(at: number, term: number): void {
    this.values[at] += term;
    this.magnitudes[at] += Math.abs(term);
  }

  /** Whether `actual` equals the sums of up to `terms` products within rounding. */
  are(actual: Real, terms: number): boolean {
    const unit = actual.BYTES_PER_ELEMENT === 8 ? 2 ** -53 : 2 ** -24;
    return actual.every((value, i) => Math.abs(value - this.values[i]) <= 2 * (terms + 3) * unit * this.magnitudes[i]);
  }
}

/** Calls `visit` with the places of every product of the definition. */
function eachProduct(geometry: Geometry, visit: (image: number, weight: number, output: number) => void): void {
  const { B, InY, InX, InC, KnY, KnX, KnC, Sy, Sx, Py, Px, OpY, OpX } = geometry;
  for (let pixel = 0; pixel < B * OpY * OpX; pixel++) {
    const [b, oy, ox] = [Math.floor(pixel / (OpY * OpX)), Math.floor(pixel / OpX) % OpY, pixel % OpX];
    for (let k = 0; k < KnY * KnX * InC; k++) {
      const y = oy * Sy - Py + Math.floor(k / (KnX * InC));
      const x = ox * Sx - Px + (Math.floor(k / InC) % KnX);
      if (y < 0 || y >= InY || x < 0 || x >= InX) continue;
      for (let c = 0; c < KnC; c++) visit(((b * InY + y) * InX + x) * InC + (k % InC), k * KnC + c, pixel * KnC + c);
    }
  }
}

interface Case {
  readonly geometry: Geometry;
  readonly real: RealConstructor;
  readonly seed: number;
  readonly isFirst: boolean;
}

/** Computes one case both ways. */
function isTheDefinition({ geometry, real, seed, isFirst }: Case, memory?: SharedArrayBuffer): boolean {
  const { garbage, numbers, guardsStand } = arena(real, createRandom(seed), memory);
  const lengths = extents(geometry);
  const inputs = [numbers(lengths.image), numbers(lengths.weights), numbers(lengths.biases), numbers(lengths.output)];
  const copies = inputs.map((values) => values.slice());
  const [image, weights, biases, dOutput] = inputs;
  const [output, dWeights, dBiases] = [garbage(lengths.output), garbage(lengths.weights), garbage(lengths.biases)];
  const dImage = isFirst ? undefined : garbage(lengths.image);
  const workspace = garbage(convolutionWorkspace(geometry, real));

  convolutionForward(geometry, image, weights, biases, output, workspace);
  workspace.fill(NaN);
  convolutionBackward(geometry, image, weights, dOutput, dWeights, dBiases, dImage, workspace);

  const [out, dW, dB, dI] = [output, dWeights, dBiases, image].map(({ length }) => new Sums(length));
  for (let i = 0; i < output.length; i++) {
    out.add(i, biases[i % geometry.KnC]);
    dB.add(i % geometry.KnC, dOutput[i]);
  }
  eachProduct(geometry, (i, w, o) => {
    out.add(o, image[i] * weights[w]);
    dW.add(w, image[i] * dOutput[o]);
    dI.add(i, weights[w] * dOutput[o]);
  });
  const { B, OpY, OpX, KnY, KnX, InC, KnC } = geometry;
  return (
    out.are(output, KnY * KnX * InC) &&
    dW.are(dWeights, B * OpY * OpX) &&
    dB.are(dBiases, B * OpY * OpX) &&
    (dImage === undefined || dI.are(dImage, KnY * KnX * KnC)) &&
    guardsStand() &&
    inputs.every((values, i) => values.every((value, j) => value === copies[i][j]))
  );
}

const upTo = (max: number, min = 1) => fc.integer({ min, max });
const axis = fc.record({ Kn: upTo(4), S: upTo(5), P: upTo(4, 0), Op: upTo(6) }).map(({ Kn, S, P, Op }) => {
  const padded = (Op - 1) * S + Kn;
  const padding = Math.min(P, (padded - 1) >> 1);
  return { In: padded - 2 * padding, Kn, S, P: padding };
});
const geometries = fc
  .record({ y: axis, x: axis, B: upTo(3), InC: upTo(5), KnC: upTo(18) })
  .map(({ y, x, B, InC, KnC }) =>
    convGeometry({ B, InC, KnC, InY: y.In, InX: x.In, KnY: y.Kn, KnX: x.Kn, Sy: y.S, Sx: x.S, Py: y.P, Px: x.P }),
  );
const reals = fc.constantFrom<RealConstructor>(Float32Array, Float64Array);
const cases: fc.Arbitrary<Case> = fc.record({
  geometry: geometries,
  real: reals,
  seed: fc.nat(),
  isFirst: fc.boolean(),
});

if (absence) test.skip(`openblas: ${absence}`, () => {});

describe.each(parties)('$name', ({ backend, memory }) => {
  beforeAll(() => useRuntime({ backend }));
  afterAll(() => useRuntime());

  test('is the definition, for all sizes, strides and paddings, in any memory', () => {
    fc.assert(
      fc.property(cases, (one) => isTheDefinition(one, memory)),
      { numRuns: 500 },
    );
  });

  // Several images a chunk with a rest, several chunks an image with a rest, long patches, patches of one pixel.
  test.each([
    { B: 5, InY: 30, InX: 27, InC: 1, KnY: 5, KnX: 4, KnC: 6, Sy: 1, Sx: 1, Py: 2, Px: 0 },
    { B: 1, InY: 41, InX: 38, InC: 7, KnY: 5, KnX: 6, KnC: 5, Sy: 2, Sx: 2, Py: 2, Px: 1 },
    { B: 2, InY: 9, InX: 11, InC: 256, KnY: 2, KnX: 2, KnC: 3, Sy: 1, Sx: 3, Py: 0, Px: 0 },
    { B: 1, InY: 16, InX: 150, InC: 32, KnY: 1, KnX: 1, KnC: 3, Sy: 1, Sx: 1, Py: 0, Px: 0 },
  ])('… $B×$InY×$InX×$InC by $KnY×$KnX×$KnC too', (sizes) => {
    for (const real of [Float32Array, Float64Array])
      expect(isTheDefinition({ geometry: convGeometry(sizes), real, seed: 5, isFirst: false }, memory)).toBe(true);
  });

  test('no images: no output, gradients of zero', () => {
    const geometry = { ...convGeometry({ InY: 3, InX: 3, KnY: 2, KnX: 2, KnC: 2 }), B: 0 };
    const [none, dWeights, dBiases] = [0, 8, 2].map((length) => new Float32Array(length).fill(NaN));
    const workspace = new Float32Array(convolutionWorkspace(geometry, Float32Array));
    convolutionBackward(geometry, none, new Float32Array(8), none, dWeights, dBiases, none, workspace);
    expect([...dWeights, ...dBiases]).toEqual(new Array(10).fill(0));
  });
});

test('convolutions of different sizes and products in turn do not disturb each other', () => {
  for (const { backend, memory } of parties) {
    useRuntime({ backend });
    const one = new Float64Array([2]);
    for (const size of [3, 20, 5]) {
      const geometry = convGeometry({ InY: size, InX: size, KnY: 3, KnX: 3, KnC: size });
      expect(isTheDefinition({ geometry, real: Float64Array, seed: size, isFirst: false }, memory)).toBe(true);
      const product = new Float64Array(1);
      gemm('N', 'N', 1, 1, 1, 1, one, 1, one, 1, 0, product, 1);
      expect([...product]).toEqual([4]);
    }
  }
  useRuntime();
});

describe('arguments that do not fit are named', () => {
  const geometry = convGeometry({ InY: 2, InX: 2, KnY: 2, KnX: 2 });
  const four = new Float32Array(4);
  const one = new Float32Array(1);
  const workspace = new Float32Array(convolutionWorkspace(geometry, Float32Array));

  test.each([
    ['output', () => convolutionForward(geometry, four, four, one, new Float32Array(0), workspace), RangeError],
    ['workspace', () => convolutionForward(geometry, four, four, one, one, new Float32Array(0)), RangeError],
    ['image', () => convolutionBackward(geometry, one, four, one, four, one, four, workspace), RangeError],
    ['dImage', () => convolutionBackward(geometry, four, four, one, four, one, one, workspace), RangeError],
    ['weights', () => convolutionForward(geometry, four, new Float64Array(4), one, one, workspace), TypeError],
  ])('%s', (name, call, error) => {
    expect(call).toThrow(error);
    expect(call).toThrow(new RegExp(`^convolution: ${name} `));
  });
});
