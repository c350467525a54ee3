import { palettePng, palettePngUri, type Rgb } from '@im2grade/programs/palettePng';

const GRAYS = Array.from({ length: 256 }, (_, level): Rgb => [level, level, level]);

/** Numbers as a picture: the smallest black, the largest white. */
export const grayPng = (values: ArrayLike<number>, width: number, height: number): Buffer =>
  palettePng(levels(values), width, height, GRAYS);

/** The same for the `src` of an image. */
export const grayPngUri = (values: ArrayLike<number>, width: number, height: number): string =>
  palettePngUri(levels(values), width, height, GRAYS);

function levels(values: ArrayLike<number>): Uint8Array {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i]);
    most = Math.max(most, values[i]);
  }
  const range = most - least || 1;
  return Uint8Array.from(values, (value) => Math.round((255 * (value - least)) / range));
}
