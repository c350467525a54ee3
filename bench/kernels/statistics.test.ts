import { expect, test } from '@jest/globals';
import { medianRatio, spread } from './statistics.ts';

test('ratios are of the same round, so that a slow round affects both', () => {
  expect(medianRatio([2, 20, 2], [1, 10, 1])).toBe(2);
});

test('rounds that one of the two left out do not count', () => {
  expect(medianRatio([3, 6, 9, 1, 1], [1, 2, 3])).toBe(3);
  expect(medianRatio([], [1])).toBeNaN();
});

test('the spread is the middle half over the median', () => {
  expect(spread([1, 2, 3, 4, 5])).toBeCloseTo(2 / 3);
});
