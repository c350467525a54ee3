import { FormatError } from '../FormatError.ts';
import { printable } from '../printable.ts';
import { decodeUtf8 } from '../text/decodeUtf8.ts';

const END = 0x06054b50;
const END_BYTES = 22;
const CENTRAL = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
/** The end record may be followed by a comment of 64 KiB. */
const MOST_COMMENT = 0xffff;
/** Written where a number needs 64 bits. */
const IN_64_BITS = 0xffffffff;

/** Where an entry is, as the central directory has it. */
interface Place {
  readonly name: string;
  readonly size: number;
  readonly local: number;
}

/**
 * The entries of a zip archive whose entries are stored and not compressed, as PyTorch writes them. They are views of the
 * archive: nothing is copied, and together they are no larger than it.
 *
 * @param name - of the file, for messages
 * @throws FormatError in one line if it is damaged, larger than 4 GB, or has entries that are compressed or overlap
 *
 * @example
 * ```ts
 * storedEntries(readFileSync('model.pth'), 'model.pth').get('model/data.pkl');
 * ```
 */
export function storedEntries(bytes: Uint8Array, name: string): Map<string, Uint8Array> {
  const fault = (what: string): FormatError => new FormatError(`${name}: the zip archive ${what}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = new Map<string, Uint8Array>();
  let total = 0;
  for (const place of placesIn(view, bytes, fault)) {
    if (entries.has(place.name)) throw fault(`has ${printable(place.name)} twice`);
    const data = dataOf(view, bytes, place, fault);
    total += data.length;
    if (total > bytes.length) throw fault('has entries that overlap');
    entries.set(place.name, data);
  }
  return entries;
}

type Fault = (what: string) => FormatError;

function* placesIn(view: DataView, bytes: Uint8Array, fault: Fault): Generator<Place> {
  const end = endOf(view);
  if (end < 0) throw fault('is cut off or is none');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (at === IN_64_BITS) throw fault('is larger than 4 GB');
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_BYTES > end || view.getUint32(at, true) !== CENTRAL) throw fault('has a damaged directory');
    const [size, local] = [view.getUint32(at + 24, true), view.getUint32(at + 42, true)];
    const [nameBytes, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const name = decodeUtf8(bytes.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes));
    if (view.getUint16(at + 10, true) !== 0)
      throw fault(`has ${printable(name)} compressed; its entries must be stored`);
    yield { name, size, local };
    at += CENTRAL_BYTES + nameBytes + extra + comment;
  }
}

/** The record is at the end, before a comment if there is one. */
function endOf(view: DataView): number {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - MOST_COMMENT); at--) if (view.getUint32(at, true) === END) return at;
  return -1;
}

function dataOf(view: DataView, bytes: Uint8Array, { name, size, local }: Place, fault: Fault): Uint8Array {
  if (local + LOCAL_BYTES > bytes.length || view.getUint32(local, true) !== LOCAL)
    throw fault(`has no ${printable(name)} where its directory says`);
  const begin = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (begin + size > bytes.length) throw fault(`is cut off within ${printable(name)}`);
  return bytes.subarray(begin, begin + size);
}
