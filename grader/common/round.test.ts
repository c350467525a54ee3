import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { round, shareOf, sumOf } from './round.ts';

test.each([
  [1.005, 1.01],
  [8.345, 8.35],
  [0.125, 0.13],
  [2.994999, 2.99],
  [1e-9, 0],
  [71, 71],
])('%d is rounded to %d', (points, rounded) => expect(round(points)).toBe(rounded));

test.each([
  [2.3, 0.35, 0.81],
  [1.15, 0.5, 0.58],
  [0.1, 3, 0.3],
  [85, 1 / 3, 28.33],
])('%d times %d is %d', (points, share, product) => expect(shareOf(points, share)).toBe(product));

const cents = fc.integer({ min: 0, max: 100_000 });

test('a sum of hundredths is exact, in any order', () => {
  fc.assert(
    fc.property(fc.array(cents, { maxLength: 200 }), (all) => {
      const exact = all.reduce((a, b) => a + b, 0) / 100;
      expect(sumOf(all.map((each) => each / 100))).toBe(exact);
      expect(sumOf(all.map((each) => each / 100).reverse())).toBe(exact);
    }),
  );
});

test('a share in percent is what whole numbers give, half a hundredth up', () => {
  fc.assert(
    fc.property(cents, fc.integer({ min: 0, max: 100 }), (points, percent) => {
      expect(shareOf(points / 100, percent / 100)).toBe(Math.floor((points * percent + 50) / 100) / 100);
    }),
  );
});
