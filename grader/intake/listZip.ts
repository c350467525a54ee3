import { zipFault } from './zipFault.ts';
import { fstatSync } from 'node:fs';
import { MAX_ARCHIVE_BYTES } from '@im2grade/handout/rules';
import yauzl from 'yauzl';
import { UngradableError } from '../model/errors.ts';
import { type Entry, Listing } from './Listing.ts';
import { InflationGuard } from './InflationGuard.ts';
import { refusal } from './refusal.ts';

/** yauzl aborts on the first invalid name; names are validated here instead. */
export const ZIP_OPTIONS = { lazyEntries: true, autoClose: false, decodeStrings: false } as const;

/**
 * Limits on the directory's bytes per entry, on average, and of a small archive in total; tools write 100 to 200 bytes.
 */
const DIRECTORY_BYTES_PER_ENTRY = 1024;
const DIRECTORY_FLOOR_BYTES = 64 * 1024;

const S_IFMT = 0o170000;
const KINDS: Readonly<Record<number, Entry['kind']>> = {
  0: 'file',
  0o100000: 'file',
  0o040000: 'folder',
  0o120000: 'link',
};

/** Clutter costs no more than a look at its names. Without it a zip archive is as small as any other. */
const MAX_NAMES = 500_000;

/** A zip archive: its bytes, or an open file. */
export type ZipSource = Uint8Array | number;

/**
 * Lists the entries of a zip archive; each is inflated when it is read, every byte counted, and nothing is written to
 * the disk.
 *
 * @param shown - what the archive is called in messages
 * @param handedIn - the bytes that bound what it may unpack to; its own size if left out
 * @param mostBytes - of an archive that is opened
 * @throws UngradableError if it is not a zip archive, holds a name that leads out of it, or is too large without what
 *   tools have put into it
 */
export async function listZip(
  source: ZipSource,
  shown: string,
  handedIn = Infinity,
  mostBytes = MAX_ARCHIVE_BYTES,
): Promise<Listing> {
  const listing = new Listing(shown, { maxNames: MAX_NAMES });
  const size = typeof source === 'number' ? fstatSync(source).size : source.length;
  const guard = new InflationGuard(shown, Math.min(size, handedIn, mostBytes), mostBytes);
  let packed = 0;
  try {
    const zip = await opened(source);
    for await (const entry of entriesOf(zip)) {
      const isEntry = listing.add(nameOf(entry), kindOf(entry), (maxBytes) => inflate(zip, entry, maxBytes, guard));
      if (isEntry) packed += entry.compressedSize;
    }
  } catch (error) {
    throw size > mostBytes && !(error instanceof UngradableError)
      ? tooLarge(shown, size, mostBytes)
      : asRefusal(error, shown);
  }
  if (size > mostBytes && packed > mostBytes) throw tooLarge(shown, packed, mostBytes);
  return listing;
}

/** @param bytes - without clutter, if that is known */
export const tooLarge = (shown: string, bytes: number, mostBytes: number): UngradableError =>
  refusal(shown, `${bytes} bytes; at most ${mostBytes} are read; hand in the deliverables only`);

const opened = (source: ZipSource): Promise<yauzl.ZipFile> =>
  typeof source === 'number'
    ? yauzl.fromFdPromise(source, ZIP_OPTIONS)
    : yauzl.fromBufferPromise(Buffer.from(source.buffer, source.byteOffset, source.length), ZIP_OPTIONS);

/**
 * The entries of an archive, unless its directory is stuffed with comments and extra fields.
 *
 * @throws Error if it is
 */
export async function* entriesOf(zip: yauzl.ZipFile): AsyncGenerator<yauzl.Entry> {
  let allowed = DIRECTORY_FLOOR_BYTES;
  for await (const entry of zip.eachEntry()) {
    const { fileNameLength, extraFieldLength, fileCommentLength } = entry;
    allowed += DIRECTORY_BYTES_PER_ENTRY - fileNameLength - extraFieldLength - fileCommentLength;
    if (allowed < 0) throw new Error('its directory is too large');
    yield entry;
  }
}

const UTF8_FLAG = 0x800;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * An entry's name as text, according to its flags and extra fields. Many programs write UTF-8 and do not set its flag:
 * what is valid UTF-8 is read as such.
 */
export function nameOf(entry: yauzl.Entry): string {
  const { generalPurposeBitFlag: flags, fileNameRaw, extraFields } = entry;
  return yauzl.getFileNameLowLevel(isUtf8(fileNameRaw) ? flags | UTF8_FLAG : flags, fileNameRaw, extraFields, false);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    utf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The kind that an entry declares; a name that ends with a slash is a folder. */
export function kindOf(entry: yauzl.Entry): Entry['kind'] {
  if (nameOf(entry).endsWith('/')) return 'folder';
  return KINDS[(entry.externalFileAttributes >>> 16) & S_IFMT] ?? 'special';
}

/**
 * The bytes of one entry.
 *
 * @throws UngradableError if there are more than `maxBytes`, or they are broken or encrypted
 */
export async function inflate(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  maxBytes: number,
  meter?: InflationGuard,
): Promise<Uint8Array> {
  const name = nameOf(entry);
  if (entry.isEncrypted()) throw refusal(name, 'is encrypted in the archive');
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of await zip.openReadStreamPromise(entry)) {
      const bytes = piece as Buffer;
      length += bytes.length;
      meter?.count(bytes.length);
      if (length > maxBytes) throw refusal(name, `more than ${maxBytes} bytes`);
      pieces.push(bytes);
    }
  } catch (error) {
    throw asRefusal(error, name, 'broken in the archive');
  }
  return new Uint8Array(Buffer.concat(pieces));
}

function asRefusal(error: unknown, subject: string, message = 'not a readable zip archive'): Error {
  if (error instanceof UngradableError) return error;
  return refusal(subject, `${message} (${zipFault(error)})`);
}
