import { expect, test } from '@jest/globals';
import { rangeIn } from './rangeIn.ts';

test.each([
  ['values, not negative', 'not-negative'],
  ['the variances (non-negative); only read', 'not-negative'],
  ['nonnegative numbers', 'not-negative'],
  ['numbers that are not negative', 'not-negative'],
  ['positive values; only read', 'positive'],
  ['the scales, strictly positive', 'positive'],
  ['scales that are positive', 'positive'],
  [' - the probabilities of the classes; only read', 'probabilities'],
  ['the predicted probabilities, positive', 'positive'],
  ['the targets, probabilities', 'probabilities'],
])('%j says %s', (text, range) => {
  expect(rangeIn(text)).toBe(range);
});

test.each([
  'the inputs; only read',
  'positive and negative numbers',
  'the inputs, of which the positive ones pass',
  'numbers that are not positive',
  'the log probabilities',
  'log-probabilities',
  'the scores from which the probabilities follow',
])('%j says nothing of all numbers', (text) => {
  expect(rangeIn(text)).toBeUndefined();
});
