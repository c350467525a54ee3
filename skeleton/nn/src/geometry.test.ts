import { expect, test } from '@jest/globals';
import { convGeometry } from './geometry.ts';

test('the output size', () => {
  expect(convGeometry({ InY: 28, InX: 9, KnY: 8, KnX: 2, Sy: 2, Sx: 3, Px: 1 })).toMatchObject({
    OpY: 11,
    OpX: 4,
    B: 1,
    InC: 1,
    KnC: 1,
    Py: 0,
  });
});

test.each([
  [{ InY: 5, InX: 4, KnY: 2, KnX: 2, Sy: 2 }, /InY − KnY \+ 2·Py = 3 is not divisible by Sy = 2/],
  [{ InY: 5, InX: 4, KnY: 2, KnX: 7, Px: 1 }, /KnX = 7 is larger than InX \+ 2·Px = 6/],
  [{ InY: 0, InX: 4, KnY: 2, KnX: 7 }, /InY = 0 must be an integer of at least 1/],
  [{ InY: 4, InX: 4, KnY: 2, KnX: 2, Py: 0.5 }, /Py = 0\.5 must be an integer of at least 0/],
])('sizes that make no convolution are refused with both numbers', (sizes, message) =>
  expect(() => convGeometry(sizes)).toThrow(message),
);
