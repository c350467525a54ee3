import { expect, test } from '@jest/globals';
import { median } from './median.ts';
import { quantile } from './quantile.ts';

test('quantiles are interpolated between neighbours', () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([4, 1, 3, 2], 0)).toBe(1);
  expect(quantile([4, 1, 3, 2], 1)).toBe(4);
  expect(quantile([7], 0.75)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
});

test.each([[[3]], [[1, 2]], [[5, 1, 4]], [[8, 2, 4, 1]]])('the median of %j is its middle quantile', (values) =>
  expect(median(values)).toBe(quantile(values, 0.5)),
);
