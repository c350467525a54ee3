import { expect, test } from '@jest/globals';
import { coordinates } from './axes.ts';
import { describeDifference, firstDifference } from './firstDifference.ts';

const AXES = [
  { name: 'b', size: 2 },
  { name: 'iy', size: 3 },
  { name: 'ic', size: 2 },
];

test('a flat index has its coordinates', () => expect(coordinates(2 * 3 + 4, AXES)).toBe('b=1, iy=2, ic=0'));

test('the first wrong element is named; −0 and NaN are not 0 and themselves', () => {
  expect(firstDifference(Float64Array.of(1, NaN), Float64Array.of(1, NaN))).toBeUndefined();
  const difference = firstDifference(Float64Array.of(1, -0, 5), Float64Array.of(1, 0, 4));
  expect(describeDifference(difference!, 'OUT', AXES)).toBe(
    'first wrong element OUT[b=0, iy=0, ic=1]: expected 0, got 0',
  );
});
