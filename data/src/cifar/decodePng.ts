import { inflateSync } from 'node:zlib';
import { DataError } from '../Digits.ts';

/** An image of 8 bits a channel: `[height][width][3]`, red, green and blue. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Bytes of a pixel: a filter predicts a byte from the same channel's neighbours. */
const CHANNELS = 3;
const MAX_PIXELS = 2 ** 26;

/**
 * Decodes a PNG of 8-bit RGB that is not interlaced (PNG specification, third edition, chapters 5 and 9).
 *
 * @param name - of the file, for messages
 * @throws DataError in one line if it is of another kind or damaged
 *
 * @example
 * ```ts
 * const { width, height, pixels } = decodePng(readFileSync('batch.png'), 'batch.png');
 * ```
 */
export function decodePng(bytes: Buffer, name: string): RgbImage {
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new DataError(`${name}: is not a PNG file`);
  const chunks = chunksOf(bytes, name);
  const header = chunks.find(({ type }) => type === 'IHDR')?.data;
  if (header?.length !== 13) throw new DataError(`${name}: has no header`);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colour, , , interlaced] = header.subarray(8);
  if (depth !== 8 || colour !== 2 || interlaced !== 0)
    throw new DataError(`${name}: is not 8-bit RGB without interlacing`);
  if (width * height > MAX_PIXELS) throw new DataError(`${name}: ${width}×${height} pixels are too many`);
  const data = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data));
  return {
    width,
    height,
    pixels: unfiltered(inflated(data, (width * CHANNELS + 1) * height, name), width, height, name),
  };
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(bytes: Buffer, name: string): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < bytes.length;) {
    const end = at + 8 > bytes.length ? Infinity : at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) throw new DataError(`${name}: is cut off`);
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, end - 4) });
    at = end;
  }
  return chunks;
}

function inflated(data: Buffer, length: number, name: string): Buffer {
  try {
    const all = inflateSync(data, { maxOutputLength: length });
    if (all.length === length) return all;
  } catch {
    // Reported below: too long and damaged are the same to the reader.
  }
  throw new DataError(`${name}: its pixels are damaged`);
}

/** Each row begins with the number of its filter; the pixels before it and above it were subtracted. */
function unfiltered(rows: Buffer, width: number, height: number, name: string): Uint8Array {
  const stride = width * CHANNELS;
  const pixels = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const from = y * (stride + 1);
    const predict = PREDICTIONS[rows[from]];
    if (predict === undefined) throw new DataError(`${name}: row ${y} has the unknown filter ${rows[from]}`);
    const to = y * stride;
    for (let x = 0; x < stride; x++) {
      const left = x < CHANNELS ? 0 : pixels[to + x - CHANNELS];
      const above = y === 0 ? 0 : pixels[to + x - stride];
      const aboveLeft = x < CHANNELS || y === 0 ? 0 : pixels[to + x - stride - CHANNELS];
      pixels[to + x] = rows[from + 1 + x] + predict(left, above, aboveLeft);
    }
  }
  return pixels;
}

type Prediction = (left: number, above: number, aboveLeft: number) => number;

/** By the filter's number: none, sub, up, average, Paeth. */
const PREDICTIONS: readonly Prediction[] = [
  () => 0,
  (left) => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  paeth,
];

/** Whichever of the three is nearest to left + above − aboveLeft (Paeth 1991). */
function paeth(left: number, above: number, aboveLeft: number): number {
  const estimate = left + above - aboveLeft;
  const [toLeft, toAbove, toBoth] = [left, above, aboveLeft].map((value) => Math.abs(estimate - value));
  if (toLeft <= toAbove && toLeft <= toBoth) return left;
  return toAbove <= toBoth ? above : aboveLeft;
}
