import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { randomData, unevenData, unusualData } from './randomData.ts';
import { withinRange } from './withinRange.ts';

const arrays = fc
  .record({
    row: fc.integer({ min: 1, max: 6 }),
    rows: fc.integer({ min: 0, max: 6 }),
    seed: fc.nat(),
    make: fc.constantFrom(randomData, unusualData, unevenData),
    dtype: fc.constantFrom('float64' as const, 'float32' as const),
  })
  .map(({ row, rows, seed, make, dtype }) => ({ row, values: make(seed, { row, rows }).real(row * rows, dtype) }));

test('numbers of every kind are in the range afterwards, as many and of the same type', () => {
  fc.assert(
    fc.property(arrays, ({ row, values }) => {
      const before = Array.from(values);
      const inRange = (['not-negative', 'positive', 'probabilities'] as const).map((one) =>
        withinRange(one, values, row),
      );
      const [notNegative, positive, probabilities] = inRange;
      for (const one of inRange) expect([one.length, one.constructor]).toEqual([values.length, values.constructor]);
      expect(Array.from(notNegative)).toEqual(before.map(Math.abs));
      expect(positive.every((value) => value > 0)).toBe(true);
      expect(probabilities.every((value) => value > 0 && value <= 1)).toBe(true);
      for (let start = 0; start < values.length; start += row)
        expect(Array.from(probabilities.subarray(start, start + row)).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      expect(Array.from(values)).toEqual(before);
    }),
  );
});

test('zeros stay if they are allowed', () => {
  expect([...withinRange('not-negative', Float64Array.of(-2, -0), 2)]).toEqual([2, 0]);
  expect([...withinRange('positive', Float64Array.of(-2, 0), 2)]).toEqual([2, 1]);
});
