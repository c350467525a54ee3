import { expect, test } from '@jest/globals';
import { coordinates } from './axes.ts';
import { describeDifference, firstDifference } from './firstDifference.ts';

const AXES = [
  { name: 'b', size: 2 },
  { name: 'iy', size: 3 },
  { name: 'ic', size: 2 },
];

test('a flat index has its coordinates', () => expect(coordinates(2 * 3 + 4, AXES)).toBe('b=1, iy=2, ic=0'));

test('−0 equals 0; NaN equals nothing, not even itself', () => {
  expect(firstDifference(Float64Array.of(-0, 0), Float64Array.of(0, -0))).toBeUndefined();
  expect(firstDifference(Float64Array.of(1, NaN), Float64Array.of(1, NaN))).toMatchObject({ index: 1 });
});

test('the first wrong element is named', () => {
  const difference = firstDifference(Float64Array.of(1, 2, 5), Float64Array.of(1, 0, 4));
  expect(describeDifference(difference!, 'OUT', AXES)).toBe(
    'first wrong element OUT[b=0, iy=0, ic=1]: expected 0, got 2',
  );
});
