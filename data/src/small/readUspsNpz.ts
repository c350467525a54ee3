import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { DataError } from '../Digits.ts';
import { type NpyArray, readNpy } from './npy.ts';
import { type SmallDigits, SMALL_PIXELS } from './SmallDigits.ts';

/**
 * Reads the course's `usps.npz`: `train`, `validation` and `test`, each with its `_labels` (one-hot, or the digits). Pixels
 * stay as the file has them.
 *
 * @throws DataError in one line: which array, what is wrong with it
 */
export async function readUspsNpz(path: string): Promise<Record<'train' | 'validation' | 'test', SmallDigits>> {
  const arrays = await readArrays(path);
  const part = (name: string): SmallDigits => {
    const [images, given] = [name, `${name}_labels`].map((key) => {
      const array = arrays.get(key);
      if (!array) throw new DataError(`${path}: has no array ${key}; is it the course's usps.npz?`);
      return array;
    });
    const count = images.shape[0] ?? 0;
    if (count === 0 || images.values.length !== count * SMALL_PIXELS)
      throw new DataError(`${path}: ${name} has shape (${images.shape.join(', ')}); images of 16×16 are needed`);
    return { images: Float32Array.from(images.values), labels: labelsOf(path, `${name}_labels`, given, count), count };
  };
  return { train: part('train'), validation: part('validation'), test: part('test') };
}

function labelsOf(path: string, name: string, { shape, values }: NpyArray, count: number): Uint8Array {
  const each = values.length / count;
  if (shape[0] !== count || (each !== 1 && each !== 10))
    throw new DataError(
      `${path}: ${name} has shape (${shape.join(', ')}) for ${count} images; (${count}, 10) is needed`,
    );
  const labels = Array.from({ length: count }, (_, n) =>
    each === 1 ? values[n] : values.subarray(n * 10, (n + 1) * 10).indexOf(1),
  );
  const wrong = labels.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label <= 9));
  if (wrong >= 0) throw new DataError(`${path}: ${name}: image ${wrong} has no label of 0 to 9`);
  return Uint8Array.from(labels);
}

/** All arrays of the archive, by name. */
async function readArrays(path: string): Promise<Map<string, NpyArray>> {
  const arrays = new Map<string, NpyArray>();
  try {
    const open = promisify(
      fromBuffer as (bytes: Buffer, options: object, done: (error: Error | null, zip: ZipFile) => void) => void,
    );
    const zip = await open(readFileSync(path), { lazyEntries: true });
    await eachEntry(zip, async (name, bytes) => {
      arrays.set(name.replace(/\.npy$/, ''), readEntry(name, await bytes()));
    });
  } catch (error) {
    throw new DataError(`${path}: ${(error as Error).message}`);
  }
  return arrays;
}

function readEntry(name: string, bytes: Uint8Array): NpyArray {
  try {
    return readNpy(bytes);
  } catch (error) {
    throw new Error(`${name} ${(error as Error).message}`, { cause: error });
  }
}

function eachEntry(zip: ZipFile, visit: (name: string, bytes: () => Promise<Buffer>) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const read = promisify(
      zip.openReadStream.bind(zip) as (
        entry: Entry,
        done: (error: Error | null, stream: NodeJS.ReadableStream) => void,
      ) => void,
    );
    zip.on('entry', (entry: Entry) => {
      visit(entry.fileName, async () => buffer(await read(entry))).then(() => zip.readEntry(), reject);
    });
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.readEntry();
  });
}
