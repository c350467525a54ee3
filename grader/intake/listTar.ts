import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { MAX_ARCHIVE_BYTES } from '@im2grade/handout/rules';
import { Parser, type ReadEntry } from 'tar';
import { UngradableError } from '../model/errors.ts';
import { cleanName, type Entry, Listing } from './Listing.ts';
import { InflationGuard } from './InflationGuard.ts';
import { tooLarge } from './listZip.ts';
import { refusal, messageOf } from './refusal.ts';

const GZIP_MAGIC = 0x1f;
/** Faults are noticed between two chunks. */
const PIECE_BYTES = 64 * 1024;

const KINDS: Readonly<Record<string, Entry['kind']>> = {
  File: 'file',
  OldFile: 'file',
  ContiguousFile: 'file',
  Directory: 'folder',
  Link: 'link',
  SymbolicLink: 'link',
};

/**
 * Lists the entries of a tar archive, gzipped or not. A tar archive can only be read from its beginning, so the bytes
 * of what may be a deliverable are kept on the way; everything is counted as it is inflated. What follows the end of
 * the archive is counted and covered by gzip's checksum, but not parsed.
 *
 * @param shown - what the archive is called in messages
 * @param mostBytes - how many bytes are kept of the file of a cleaned name; undefined if none are
 * @param handedIn - the bytes that bound what it may unpack to; its own size if left out
 * @param mostOfArchive - the bytes of an archive that is opened
 * @throws UngradableError if it is not a tar archive, is damaged, or holds a name that leads out of it
 */
export async function listTar(
  bytes: Uint8Array,
  shown: string,
  mostBytes: (name: string) => number | undefined,
  handedIn = Infinity,
  mostOfArchive = MAX_ARCHIVE_BYTES,
): Promise<Listing> {
  if (bytes.length > mostOfArchive) throw tooLarge(shown, bytes.length, mostOfArchive);
  const listing = new Listing(shown);
  const meter = new InflationGuard(shown, Math.min(bytes.length, handedIn), mostOfArchive);
  let fault: unknown;
  const parser = new Parser({
    strict: true,
    zstd: false,
    onReadEntry: (entry) => {
      try {
        take(entry, listing, mostBytes);
      } catch (error) {
        fault ??= error;
      }
    },
  });
  parser.on('error', (error) => (fault ??= error));
  let isEnded = false;
  parser.on('eof', () => (isEnded = true));
  try {
    for await (const piece of inflated(bytes)) {
      meter.count(piece.length);
      // The parser would keep everything after the end, and copy it with each chunk.
      if (!isEnded) parser.write(piece);
      if (fault !== undefined) throw fault;
    }
    await finish(parser);
    if (fault !== undefined) throw fault;
  } catch (error) {
    throw error instanceof UngradableError ? error : refusal(shown, `not a readable tar archive (${messageOf(error)})`);
  }
  return listing;
}

async function* inflated(bytes: Uint8Array): AsyncGenerator<Buffer> {
  const source = Readable.from(piecesOf(bytes));
  let isFirst = true;
  for await (const piece of bytes[0] === GZIP_MAGIC ? source.pipe(createGunzip()) : source) {
    // The parser would inflate the content once more, uncounted.
    if (isFirst && bytes[0] === GZIP_MAGIC && (piece as Buffer)[0] === GZIP_MAGIC) throw new Error('gzipped twice');
    isFirst = false;
    yield piece as Buffer;
  }
}

function* piecesOf(bytes: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    yield Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(PIECE_BYTES, bytes.length - at));
}

function finish(parser: Parser): Promise<void> {
  return new Promise((resolve) => {
    parser.once('end', () => resolve());
    parser.once('error', () => resolve());
    parser.end();
  });
}

function take(entry: ReadEntry, listing: Listing, mostBytes: (name: string) => number | undefined): void {
  const kind = KINDS[entry.type] ?? 'special';
  const pieces: Buffer[] = [];
  const most = (kind === 'file' && mostBytes(cleanName(entry.path))) || 0;
  const isKept = kind === 'file' && entry.size <= most;
  if (isKept) entry.on('data', (piece: Buffer) => pieces.push(piece));
  else entry.resume();
  listing.add(entry.path, kind, async (maxBytes) => {
    if (!isKept || entry.size > maxBytes)
      throw refusal(entry.path, `${entry.size} bytes; at most ${Math.min(maxBytes, most)} are read`);
    return new Uint8Array(Buffer.concat(pieces));
  });
}
