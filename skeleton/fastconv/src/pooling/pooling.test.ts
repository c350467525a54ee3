import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Real, RealConstructor } from '@im2grade/engine';
import { createRandom, useRuntime } from '@im2grade/nn';
import fc from 'fast-check';
import { createImplementations } from '../../../engine/src/test/implementations.ts';
import { plainPooling } from './plainPooling.ts';
import { poolBackward, poolForward } from './pool.ts';
import { type PoolGeometry, poolGeometry } from './PoolGeometry.ts';
import type { PoolKind } from './PoolingBackend.ts';

type Golden = PoolGeometry & { readonly kind: PoolKind } & Readonly<
    Record<'image' | 'output' | 'dOutput' | 'dImage', number[]>
  >;
const golden = JSON.parse(readFileSync('skeleton/fastconv/golden/pooling-torch.json', 'utf8')) as Golden[];

const axis = fc
  .record({ Kn: fc.integer({ min: 1, max: 4 }), S: fc.integer({ min: 1, max: 3 }), more: fc.nat(5) })
  .chain(({ Kn, S, more }) =>
    fc.record({ Kn: fc.constant(Kn), S: fc.constant(S), P: fc.nat(Kn >> 1), In: fc.constant(Kn + more) }),
  );
const geometries = fc
  .record({ B: fc.integer({ min: 1, max: 3 }), C: fc.integer({ min: 1, max: 9 }), y: axis, x: axis })
  .map(({ B, C, y, x }) =>
    poolGeometry({ B, C, InY: y.In, InX: x.In, KnY: y.Kn, KnX: x.Kn, Sy: y.S, Sx: x.S, Py: y.P, Px: x.P }),
  );
const cases = fc.record({
  geometry: geometries,
  kind: fc.constantFrom<PoolKind>('max', 'mean'),
  real: fc.constantFrom<RealConstructor>(Float32Array, Float64Array),
  seed: fc.nat(),
});

/** Numbers of which some are equal; the buffers to fill hold garbage. */
function arraysOf({ B, InY, InX, C, OpY, OpX }: PoolGeometry, real: RealConstructor, seed: number) {
  const random = createRandom(seed);
  const numbers = (length: number): Real => new real(length).map(() => random.integer(7) - 3);
  const [inputs, outputs] = [B * InY * InX * C, B * OpY * OpX * C];
  return {
    image: numbers(inputs),
    dOutput: numbers(outputs),
    output: new real(outputs).fill(NaN),
    dImage: new real(inputs).fill(NaN),
  };
}

describe.each(createImplementations(2 ** 20))('$name', ({ backend, memory }) => {
  beforeAll(() => useRuntime({ backend }));
  afterAll(() => useRuntime());

  test.each(golden)('$kind pooling of $InY×$InX as PyTorch computes it', (given) => {
    const geometry = poolGeometry(given);
    expect([geometry.OpY * geometry.OpX * given.B * given.C]).toEqual([given.output.length]);
    const [output, dImage] = [given.output, given.dImage].map(({ length }) => new Float64Array(length).fill(NaN));
    const [image, dOutput] = [given.image, given.dOutput].map((values) => Float64Array.from(values));
    poolForward(given.kind, geometry, image, output);
    output.forEach((value, i) => expect(value).toBeCloseTo(given.output[i], 10));
    poolBackward(given.kind, geometry, image, output, dOutput, dImage);
    dImage.forEach((value, i) => expect(value).toBeCloseTo(given.dImage[i], 10));
  });

  test('as plain TypeScript computes it, within rounding', () => {
    fc.assert(
      fc.property(cases, ({ geometry, kind, real, seed }) => {
        const exact = arraysOf(geometry, Float64Array, seed);
        plainPooling.forward(kind, geometry, exact.image, exact.output);
        plainPooling.backward(kind, geometry, exact.image, exact.output, exact.dOutput, exact.dImage);
        const own = arraysOf(geometry, real, seed);
        if (memory) own.image = inside(memory, real, own.image);
        poolForward(kind, geometry, own.image, own.output);
        poolBackward(kind, geometry, own.image, own.output, own.dOutput, own.dImage);
        const unit = real === Float64Array ? 2 ** -46 : 2 ** -17;
        for (const name of ['output', 'dImage'] as const) {
          const isNear = own[name].every((value, i) => Math.abs(value - exact[name][i]) < unit);
          expect({ name, isNear }).toEqual({ name, isNear: true });
        }
      }),
    );
  });

  test('what is not a number is larger than everything, wherever it is in a window', () => {
    const geometry = poolGeometry({ B: 4, InY: 2, InX: 2, C: 5, KnY: 2, KnX: 2 });
    const image = new Float32Array(80).map((_, i) => (i % 20 < 5 ? Infinity : -i));
    for (let window = 0; window < 4; window++) image.fill(NaN, window * 25, window * 25 + 4);
    const output = new Float32Array(20);
    poolForward('max', geometry, image, output);
    expect([...output]).toEqual([0, 1, 2, 3].flatMap(() => [NaN, NaN, NaN, NaN, Infinity]));
  });

  test('every number of the output has the sum of its gradient in the image', () => {
    fc.assert(
      fc.property(geometries, fc.nat(), (geometry, seed) => {
        const { image, output, dOutput, dImage } = arraysOf(geometry, Float64Array, seed);
        poolForward('max', geometry, image, output);
        poolBackward('max', geometry, image, output, dOutput, dImage);
        const sum = (values: Real) => [...values].reduce((a, b) => a + b, 0);
        expect(sum(dImage)).toBe(sum(dOutput));
      }),
    );
  });
});

/** A copy in the kernels' memory, behind their first page. */
function inside(memory: SharedArrayBuffer, real: RealConstructor, values: Real): Real {
  const copy: Real = new (real as new (...at: unknown[]) => Real)(memory, 65536, values.length);
  copy.set(values);
  return copy;
}

test.each([
  [{ KnY: 5 }, 'pooling: KnY = 5 is larger than the padded image, 4'],
  [{ Py: 2 }, 'pooling: a padding of 2 is more than half of KnY = 2'],
  [{ Sx: 0 }, 'pooling: Sx = 0 must be an integer of at least 1'],
  [{ C: 1.5 }, 'pooling: C = 1.5 must be an integer of at least 1'],
])('refuses %j', (sizes, message) => {
  expect(() => poolGeometry({ InY: 4, InX: 4, KnY: 2, KnX: 2, ...sizes })).toThrow(new RangeError(message));
});

test('refuses arrays that are too short or of another precision', () => {
  const geometry = poolGeometry({ InY: 4, InX: 4, KnY: 2, KnX: 2 });
  const [image, output] = [new Float64Array(16), new Float64Array(4)];
  expect(() => poolForward('max', geometry, image.subarray(1), output)).toThrow(
    'pooling: image has 15 elements; these sizes need 16',
  );
  expect(() => poolBackward('max', geometry, image, output, new Float32Array(4), image)).toThrow(
    'pooling: dOutput is a Float32Array, not a Float64Array',
  );
});
