import { expect, test } from '@jest/globals';
import { explainByMistake } from './expectLaw.ts';

const expected = Float64Array.of(1, 2);
const explain = explainByMistake(
  expected,
  { 'the bias 1 is missing': (value) => value - 1, 'made no difference': (value) => value },
  1e-5,
);

test('a mistake is named if it gives every element of the result', () => {
  expect(explain([0, 1])).toBe('the bias 1 is missing');
  expect(explain([0, 1 + 1e-7])).toBe('the bias 1 is missing');
  expect(explain([0, 2])).toBeUndefined();
});

test('a mistake that makes no difference does not explain a small error', () => {
  expect(explain([1 + 1e-9, 2])).toBeUndefined();
});
