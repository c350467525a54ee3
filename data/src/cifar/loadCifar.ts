import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../Digits.ts';
import { CHANNELS, CIFAR_FILES, CLASSES, PLANE, RECORD } from './cifarFiles.ts';

/** Images of 32×32 in colour, a byte a channel, and their labels. */
export interface ColourImages {
  /** `[count][32][32][3]` */
  readonly images: Uint8Array;
  /** 0 … 9 */
  readonly labels: Uint8Array;
  readonly count: number;
}

/**
 * Reads CIFAR-10's binary version: 50,000 images to train with and 10,000 to test on.
 *
 * @param trainingFiles - how many of the five files to train with are read, 10,000 images each
 * @throws DataError in one line if a file is missing or is no such file
 *
 * @example
 * ```ts
 * const { test } = loadCifar(cifarFolder());
 * test.labels.slice(0, 5); // 3, 8, 8, 0, 6
 * ```
 */
export function loadCifar(
  folder: string,
  trainingFiles = CIFAR_FILES.length - 1,
): { readonly train: ColourImages; readonly test: ColourImages } {
  const names = CIFAR_FILES.map(({ name }) => name);
  return { train: imagesIn(folder, names.slice(0, trainingFiles)), test: imagesIn(folder, names.slice(-1)) };
}

function imagesIn(folder: string, names: readonly string[]): ColourImages {
  const parts = names.map((name) => recordsIn(join(folder, name)));
  const count = parts.reduce((sum, records) => sum + records.length / RECORD, 0);
  const [images, labels] = [new Uint8Array(count * CHANNELS * PLANE), new Uint8Array(count)];
  let n = 0;
  for (const records of parts)
    for (let from = 0; from < records.length; from += RECORD, n++) {
      labels[n] = records[from];
      toHwc(records.subarray(from + 1, from + RECORD), images.subarray(n * CHANNELS * PLANE));
    }
  return { images, labels, count };
}

function toHwc(planes: Uint8Array, image: Uint8Array): void {
  for (let p = 0; p < PLANE; p++)
    for (let channel = 0; channel < CHANNELS; channel++) image[p * CHANNELS + channel] = planes[channel * PLANE + p];
}

function recordsIn(path: string): Uint8Array {
  let records: Uint8Array;
  try {
    records = readFileSync(path);
  } catch {
    throw new DataError(`${path}: not there; \`npm run setup-cifar\` fetches it`);
  }
  if (records.length % RECORD !== 0) throw new DataError(`${path}: is cut off`);
  for (let from = 0; from < records.length; from += RECORD)
    if (records[from] >= CLASSES)
      throw new DataError(`${path}: label ${from / RECORD} is ${records[from]}; labels are 0 to 9`);
  return records;
}
