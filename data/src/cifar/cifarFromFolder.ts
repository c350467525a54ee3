import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Called, FormatError, type PickledValue, PickleReader } from '@im2grade/formats';
import { DataError } from '../Digits.ts';
import { CLASSES, RECORD } from './cifarFiles.ts';
import { type KnownFile, saveKnownFile } from '../files/knownFiles.ts';

/** What a batch of the Python version names: an array of NumPy. */
const GLOBALS = new Set(['numpy.core.multiarray._reconstruct', 'numpy.ndarray', 'numpy.dtype']);

/**
 * Copies files of CIFAR-10 from a folder that has its binary or its Python version unpacked.
 *
 * @param missing - what is to be copied
 * @param saved - called when a file is there
 * @throws DataError in one line
 */
export function cifarFromFolder(
  folder: string,
  missing: readonly KnownFile[],
  source: string,
  saved: (file: KnownFile) => void = () => {},
): void {
  for (const file of missing) {
    const path = pathIn(source, file);
    const bytes = readWhole(path);
    saveKnownFile(folder, file, path.endsWith('.bin') ? bytes : recordsOfBatch(bytes, path), path);
    saved(file);
  }
}

function pathIn(source: string, { name }: KnownFile): string {
  const names = [name, name.replace('.bin', '')];
  const found = names.map((each) => join(source, each)).find((path) => existsSync(path) && statSync(path).isFile());
  if (found === undefined) throw new DataError(`${source}: has neither ${names.join(' nor ')}`);
  return found;
}

function readWhole(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new DataError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** A batch of the Python version: a dictionary with labels and rows of 3,072 bytes in the order of the binary version. */
function recordsOfBatch(bytes: Uint8Array, path: string): Uint8Array {
  const batch = entriesOf(unpickled(bytes, path));
  const [labels, data] = [batch['labels'], batch['data']];
  const rows = data instanceof Called && Array.isArray(data.state) ? data.state.at(-1) : undefined;
  if (!isLabels(labels) || !(rows instanceof Uint8Array) || rows.length !== labels.length * (RECORD - 1))
    throw new DataError(`${path}: is not a batch of CIFAR-10`);
  const records = new Uint8Array(RECORD * labels.length);
  for (const [n, label] of labels.entries()) {
    records[n * RECORD] = label;
    records.set(rows.subarray(n * (RECORD - 1), (n + 1) * (RECORD - 1)), n * RECORD + 1);
  }
  return records;
}

function unpickled(bytes: Uint8Array, path: string): PickledValue {
  try {
    return new PickleReader(bytes, path, GLOBALS).read();
  } catch (error) {
    throw error instanceof FormatError ? new DataError(error.message) : error;
  }
}

/** The keys are bytes: Python 2 wrote the files. */
function entriesOf(value: PickledValue): Readonly<Record<string, PickledValue>> {
  const entries = value instanceof Map ? [...value] : [];
  return Object.fromEntries(
    entries.map(([key, each]) => [key instanceof Uint8Array ? Buffer.from(key).toString('latin1') : String(key), each]),
  );
}

const isLabels = (value: PickledValue): value is number[] =>
  Array.isArray(value) && value.every((label) => typeof label === 'number' && label >= 0 && label < CLASSES);
