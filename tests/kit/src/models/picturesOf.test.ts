import { expect, test } from '@jest/globals';
import { MAX_PICTURE_SIDE } from '@im2grade/grader/model/pictures.ts';
import { colourPicture, largest, shrunk, signedPicture } from './picturesOf.ts';

const plane = (height: number, width: number, value: (y: number, x: number) => number) => ({
  ...{ height, width },
  values: Float32Array.from({ length: height * width }, (_, i) => value(Math.floor(i / width), i % width)),
});
const bytesOf = ({ pixels }: { readonly pixels: string }) => [...Buffer.from(pixels, 'base64')];

test('zero is in the middle, the largest magnitude at an end', () => {
  const signed = plane(1, 3, (_, x) => [-2, 0, 1][x]);
  expect(largest([signed])).toBe(2);
  expect(bytesOf(signedPicture('', signed, 2))).toEqual([1, 128, 192]);
  expect(
    bytesOf(
      signedPicture(
        '',
        plane(1, 1, () => 0),
        0,
      ),
    ),
  ).toEqual([128]);
});

test('colours are put side by side', () => {
  const planes = [1, 0, -1].map((value) => plane(1, 2, (_, x) => value * x));
  expect(bytesOf(colourPicture('', planes, 1))).toEqual([128, 128, 128, 255, 128, 1]);
});

test('numbers that are not finite do not decide what full colour is', () => {
  expect(largest([plane(1, 3, (_, x) => [NaN, Infinity, -3][x])])).toBe(3);
});

test('a plane that is too large is averaged, and its mean stays', () => {
  const side = 2 * MAX_PICTURE_SIDE;
  const { plane: small, by } = shrunk(plane(side, side, (y, x) => (y % 2) + x));
  expect([by, small.height, small.width]).toEqual([2, MAX_PICTURE_SIDE, MAX_PICTURE_SIDE]);
  expect([...small.values.subarray(0, 3)]).toEqual([1, 3, 5]);
  const odd = shrunk(plane(MAX_PICTURE_SIDE + 1, 1, () => 4)).plane;
  expect([odd.height, odd.width, new Set(odd.values)]).toEqual([(MAX_PICTURE_SIDE + 2) / 2, 1, new Set([4])]);
});
