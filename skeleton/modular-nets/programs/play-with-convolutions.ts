import { join } from 'node:path';
import { DataError, loadSmallDigits, type SmallDigits } from '@im2grade/data';
import { convolve } from '@im2grade/layers';
import { BadUsage, readArguments, runProgram, writeWhole } from '@im2grade/programs';
import { assign, type Tensor, tensor, zeros } from '@im2grade/tensor';
import { grayPng } from './grayPng.ts';
import { readModel } from './readModel.ts';

const USAGE = `Usage: npm run play-with-convolutions [-- MODEL.yaml] [-- --out FOLDER]

Convolves a picture, made of digits, with three filters that you know from the lecture, and writes all four as PNG.

  MODEL.yaml      take the digits of its data_path; usps without it
  --out FOLDER    output folder (default: convolutions)

Examples:
  npm run play-with-convolutions
  npm run play-with-convolutions -- models/logreg.yaml --out pictures
Exit codes: 0 written, 2 bad usage or bad data`;

const FILTERS: Readonly<Record<string, readonly number[]>> = {
  blurred: [0, 1, 0, 1, 4, 1, 0, 1, 0],
  sharpened: [0, -1, 0, -1, 8, -1, 0, -1, 0],
  edges: [1, 0, -1, 2, 0, -2, 1, 0, -1],
};

const [SIDE, PER_ROW] = [16, 8];

/** Sixty-four digits side by side, as one picture. */
function pictureOf({ images, count }: SmallDigits): Tensor {
  const picture = zeros([SIDE * PER_ROW, SIDE * PER_ROW]);
  for (let n = 0; n < Math.min(count, PER_ROW ** 2); n++) {
    const [y, x] = [SIDE * Math.floor(n / PER_ROW), SIDE * (n % PER_ROW)];
    const digit = tensor([SIDE, SIDE], Float64Array.from(images.subarray(n * SIDE ** 2, (n + 1) * SIDE ** 2)));
    assign(
      picture,
      [
        [y, y + SIDE],
        [x, x + SIDE],
      ],
      digit,
    );
  }
  return picture;
}

function write(path: string, { shape: [height, width], data }: Tensor): void {
  try {
    writeWhole(path, grayPng(data, width, height));
  } catch (error) {
    throw new DataError(`${path}: ${(error as Error).message}`);
  }
  console.log(`${path}: ${width}×${height}`);
}

await runProgram('play-with-convolutions', async () => {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: { out: { type: 'string', default: 'convolutions' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return console.log(USAGE);
  if (positionals.length > 1) throw new BadUsage('one model at most; see --help');
  const digits = await loadSmallDigits(positionals.length === 1 ? readModel(positionals[0]).data_path : 'usps');
  console.log(`digits: ${digits.name}`);
  const picture = pictureOf(digits.test);
  write(join(values.out, 'image.png'), picture);
  for (const [name, weights] of Object.entries(FILTERS))
    write(join(values.out, `${name}.png`), convolve(picture, tensor([3, 3], weights), 1));
});
