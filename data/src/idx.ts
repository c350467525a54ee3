import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DataError, type Digits, PIXELS } from './Digits.ts';

/** The format of the original files (LeCun, Cortes and Burges): a magic number, big-endian sizes, then bytes. */
const IMAGES = { magic: 0x00000803, header: 16 };
const LABELS = { magic: 0x00000801, header: 8 };
const SIDE = 28;

/** Reads a file of images, plain or gzipped: `[count][28][28]`. */
export function readIdxImages(path: string): Uint8Array {
  const bytes = readIdx(path, IMAGES);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const [rows, columns] = [view.getUint32(8), view.getUint32(12)];
  if (rows !== SIDE || columns !== SIDE)
    throw new DataError(`${path}: images of ${rows}×${columns}; ${SIDE}×${SIDE} are needed`);
  return items(path, bytes, IMAGES.header, view.getUint32(4), PIXELS);
}

/** Reads a file of labels, plain or gzipped. */
export function readIdxLabels(path: string): Uint8Array {
  const bytes = readIdx(path, LABELS);
  const labels = items(path, bytes, LABELS.header, new DataView(bytes.buffer, bytes.byteOffset).getUint32(4), 1);
  const wrong = labels.findIndex((label) => label > 9);
  if (wrong >= 0) throw new DataError(`${path}: label ${wrong} is ${labels[wrong]}; labels are 0 to 9`);
  return labels;
}

/**
 * Reads the four original files of MNIST from a folder, each plain or as `.gz`.
 *
 * @throws DataError in one line: which file, what is wrong with it
 */
export function loadIdxFolder(folder: string): { train: Digits; test: Digits } {
  return { train: loadPart(folder, 'train'), test: loadPart(folder, 't10k') };
}

function loadPart(folder: string, part: string): Digits {
  const [imagePath, labelPath] = [
    locate(folder, `${part}-images-idx3-ubyte`),
    locate(folder, `${part}-labels-idx1-ubyte`),
  ];
  const [images, labels] = [readIdxImages(imagePath), readIdxLabels(labelPath)];
  if (images.length / PIXELS !== labels.length) {
    throw new DataError(`${imagePath}: ${images.length / PIXELS} images, but ${labelPath} has ${labels.length} labels`);
  }
  return { images, labels, count: labels.length };
}

function locate(folder: string, name: string): string {
  const found = [join(folder, name), join(folder, `${name}.gz`)].find(existsSync);
  if (!found) throw new DataError(`${join(folder, name)}: not there, nor with .gz; \`npm run setup-mnist\` fetches it`);
  return found;
}

function readIdx(path: string, { magic, header }: typeof IMAGES): Uint8Array {
  const bytes = unpacked(path);
  if (bytes.length < header) throw new DataError(`${path}: cut off after ${bytes.length} bytes, inside the header`);
  const found = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (found !== magic)
    throw new DataError(`${path}: begins with ${hex(found)}, not ${hex(magic)}; is it another file?`);
  return bytes;
}

function unpacked(path: string): Uint8Array {
  try {
    const bytes = readFileSync(path);
    return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  } catch (error) {
    throw new DataError(`${path}: cannot be read (${(error as Error).message})`);
  }
}

function items(path: string, bytes: Uint8Array, header: number, count: number, size: number): Uint8Array {
  const [is, must] = [bytes.length - header, count * size];
  if (is < must) throw new DataError(`${path}: cut off: ${must} bytes announced, ${is} there`);
  if (is > must) throw new DataError(`${path}: ${is - must} bytes too many after the ${count} announced items`);
  return bytes.subarray(header);
}

const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;
