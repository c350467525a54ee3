import yauzl from 'yauzl';
import { UngradableError } from '../model/errors.ts';
import { type Entry, Listing } from './Listing.ts';
import { InflationGuard } from './InflationGuard.ts';
import { refusal, messageOf } from './refusal.ts';

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

/**
 * Lists the entries of a zip archive; each is inflated when it is read, every byte counted, and nothing is written to
 * the disk.
 *
 * @param shown - what the archive is called in messages
 * @throws UngradableError if it is not a zip archive, or holds a name that leads out of it
 */
export async function listZip(bytes: Uint8Array, shown: string): Promise<Listing> {
  const listing = new Listing(shown);
  const meter = new InflationGuard(shown, bytes.length);
  try {
    const zip = await yauzl.fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), ZIP_OPTIONS);
    for await (const entry of entriesOf(zip))
      listing.add(nameOf(entry), kindOf(entry), (maxBytes) => inflate(zip, entry, maxBytes, meter));
  } catch (error) {
    throw asRefusal(error, shown);
  }
  return listing;
}

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

/** An entry's name as text, according to its flags and extra fields. */
export const nameOf = (entry: yauzl.Entry): string =>
  yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);

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
  return refusal(subject, `${message} (${messageOf(error)})`);
}
