import { expect, test } from '@jest/globals';
import { gradientCause } from './gradientCause.ts';

const numeric = [0.5, -2, 3];
const times = (factor: number) => numeric.map((n) => ({ analytic: factor * n, numeric: n }));

test.each([
  [0, /is 0/],
  [-1, /wrong sign/],
  [1 / 3, /0\.3333 times/],
  [NaN, /NaN/],
])('a gradient that is %d times the right one', (factor, message) =>
  expect(gradientCause(times(factor))).toMatch(message),
);

test('elements that have nothing in common have no cause', () => {
  expect(gradientCause([...times(2), ...times(3)])).toBeUndefined();
  expect(gradientCause([{ analytic: 1, numeric: 0 }])).toBeUndefined();
  expect(gradientCause([])).toBeUndefined();
});
