import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRandom } from '../../../nn/src/numbers/random.ts';
import type { Real, RealConstructor } from '../memory/Real.ts';
import { absence, createImplementations } from '../test/implementations.ts';
import type { ElementwiseBackend } from './ElementwiseBackend.ts';
import { typescriptElementwise } from './typescript/typescriptElementwise.ts';

const implementations = createImplementations(65536).map(({ name, backend, memory }) => ({
  name,
  backend: backend.elementwise ?? typescriptElementwise,
  memory,
}));

const common = { learningRate: 0.125, l2: 0.25, share: 1 / 3 };
const OPERATIONS: readonly (readonly [string, (backend: ElementwiseBackend, arrays: Real[]) => void])[] = [
  ['momentum', (backend, [p, g, m]) => backend.momentumStep(p, g, m, { ...common, momentum: 0.9 })],
  [
    'Adam',
    (backend, [p, g, m, v]) => backend.adamStep(p, g, m, v, { ...common, beta1: 0.9, beta2: 0.99, epsilon: 0.1 }),
  ],
  ['rectifier', (backend, [x, v, r]) => backend.rectify(x, v, r, 0.1)],
];

/** Four arrays of numbers, the last without negative ones; the first is in the memory, if there is one. */
function arraysOf(real: RealConstructor, length: number, seed: number, memory?: SharedArrayBuffer): Real[] {
  const random = createRandom(seed);
  return [-1, -1, -1, 0].map((least, i) => {
    const inside = i === 0 && memory;
    const values: Real = inside
      ? new (real as new (...at: unknown[]) => Real)(memory, 65536, length)
      : new real(length);
    for (let j = 0; j < length; j++) values[j] = random.uniform(least, 1);
    return values;
  });
}

const cases = fc.record({
  real: fc.constantFrom<RealConstructor>(Float32Array, Float64Array),
  length: fc.integer({ min: 0, max: 20 }),
  cut: fc.nat(20),
  seed: fc.nat(),
});

if (absence) test.skip(`openblas: ${absence}`, () => {});

describe.each(implementations)('$name', ({ backend, memory }) => {
  test.each(OPERATIONS)('%s: as in doubles within rounding, however it is split', (_, operate) => {
    fc.assert(
      fc.property(cases, ({ real, length, cut, seed }) => {
        const exact = arraysOf(real, length, seed).map((values) => Float64Array.from(values));
        operate(typescriptElementwise, exact);
        const whole = arraysOf(real, length, seed, memory);
        operate(backend, whole);
        const once = whole.map((values) => [...values]);
        const parts = arraysOf(real, length, seed, memory);
        for (const [begin, end] of [
          [0, cut],
          [cut, length],
        ])
          operate(
            backend,
            parts.map((values) => values.subarray(begin, end)),
          );
        const unit = real === Float64Array ? 2 ** -50 : 2 ** -21;
        once.forEach((values, i) =>
          values.forEach((value, j) => expect(Math.abs(value - exact[i][j])).toBeLessThan(unit)),
        );
        expect(parts.map((values) => [...values])).toEqual(once);
      }),
    );
  });
});
