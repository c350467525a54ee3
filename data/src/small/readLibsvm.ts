import { DataError } from '../Digits.ts';
import { type SmallDigits, SMALL_PIXELS } from './SmallDigits.ts';
import { unpackedFile } from './unpackedFile.ts';

/**
 * Reads USPS as LIBSVM publishes it: a line for each image, a label 1 … 10 for the digits 0 … 9, then `index:value` with
 * indices from 1 and values −1 … 1; what is left out is 0. Pixels become 0 … 1. Plain, `.gz` or `.bz2`.
 *
 * @throws DataError with file and line
 */
export function readLibsvm(path: string): SmallDigits {
  const lines = unpackedFile(path).toString('latin1').split('\n');
  while (lines.at(-1)?.trim() === '') lines.pop();
  const images = new Float32Array(lines.length * SMALL_PIXELS).fill(0.5);
  const labels = new Uint8Array(lines.length);
  lines.forEach((line, n) => {
    const refuse = (message: string) => new DataError(`${path}:${n + 1}: ${message}`);
    const [label, ...pixels] = line.trim().split(/\s+/);
    const digit = Number(label) - 1;
    if (!(Number.isInteger(digit) && digit >= 0 && digit <= 9))
      throw refuse(`label "${label.slice(0, 20)}"; labels are 1 to 10`);
    labels[n] = digit;
    for (const pixel of pixels) {
      const colon = pixel.indexOf(':');
      const [index, value] = [Number(pixel.slice(0, colon)), Number(pixel.slice(colon + 1))];
      const isPixel =
        colon > 0 && Number.isInteger(index) && index >= 1 && index <= SMALL_PIXELS && Math.abs(value) <= 1;
      if (!isPixel)
        throw refuse(`"${pixel.slice(0, 20)}" is not a pixel: index:value with indices 1 to 256 and values −1 to 1`);
      images[n * SMALL_PIXELS + index - 1] = (value + 1) / 2;
    }
  });
  return { images, labels, count: lines.length };
}
