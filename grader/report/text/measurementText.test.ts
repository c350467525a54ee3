import { expect, test } from '@jest/globals';
import { measurementText } from './measurementText.ts';

test.each([
  [{ value: 0.783, within: 0.0255, isShare: true }, 'accuracy 78.3 % ± 2.5 %, measured on images'],
  [{ value: 12.25, within: 0, isShare: false }, 'accuracy 12.25, measured on images'],
])('%j', (found, text) =>
  expect(measurementText({ type: 'measurement', name: 'accuracy', on: 'images', ...found })).toBe(text),
);
