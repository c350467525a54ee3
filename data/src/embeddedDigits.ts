import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { DataError, type Digits, PIXELS } from './Digits.ts';

type Part = 'train' | 'validation' | 'hiddenTest';

/** The three parts of the embedded digits. */
export type DigitSplit = Readonly<Record<Part, Digits>>;

/** Within each digit's list: index i with i mod 10 ∈ {4, 9} is hidden test, 0 validation, the rest training. */
const PART_OF: readonly Part[] = [
  'validation',
  'train',
  'train',
  'train',
  'hiddenTest',
  'train',
  'train',
  'train',
  'train',
  'hiddenTest',
];

/** `toBytes` checks the values: going through eight million of them in the schema would take longer than all the rest. */
const DigitFile = z.object({
  data: z.custom<readonly unknown[]>(
    (data) => Array.isArray(data) && data.length % PIXELS === 0,
    'not a whole number of images',
  ),
});

/**
 * The 10,000 real MNIST digits of the `mnist` package, split once and for all: 6,999 to train on, 1,005 to validate on,
 * 1,996 hidden. Each part takes the digits in turn (0, 1, … 9, 0, …) as long as they last.
 *
 * @throws DataError when the package's files differ from the expected ones
 */
export function embeddedDigits(): DigitSplit {
  const byDigit = Array.from({ length: 10 }, (_, digit) => readDigit(digit));
  const part = (name: Part) => inTurn(byDigit.map((images) => images.filter((_, i) => PART_OF[i % 10] === name)));
  return { train: part('train'), validation: part('validation'), hiddenTest: part('hiddenTest') };
}

function readDigit(digit: number): Uint8Array[] {
  const folder = dirname(createRequire(import.meta.url).resolve('mnist/package.json'));
  const path = join(folder, 'src/digits', `${digit}.json`);
  const parsed = DigitFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new DataError(`${path}: ${parsed.error.issues[0].message}`);
  const pixels = toBytes(parsed.data.data, path);
  return Array.from({ length: pixels.length / PIXELS }, (_, i) => pixels.subarray(i * PIXELS, (i + 1) * PIXELS));
}

/** The package holds k/255 rounded to three decimals: k comes back exactly. */
function toBytes(values: readonly unknown[], path: string): Uint8Array {
  const bytes = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!(typeof value === 'number' && value >= 0 && value <= 1))
      throw new DataError(`${path}: pixel ${i} is ${String(value)}, not in 0..1`);
    bytes[i] = Math.round(value * 255);
  }
  return bytes;
}

function inTurn(byDigit: readonly (readonly Uint8Array[])[]): Digits {
  const longest = Math.max(...byDigit.map(({ length }) => length));
  const order = Array.from({ length: longest }, (_, i) =>
    byDigit.flatMap((images, label) => (i < images.length ? [{ image: images[i], label }] : [])),
  ).flat();
  const images = new Uint8Array(order.length * PIXELS);
  order.forEach(({ image }, i) => images.set(image, i * PIXELS));
  return { images, labels: Uint8Array.from(order, ({ label }) => label), count: order.length };
}
