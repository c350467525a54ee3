import { fstatSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { MAX_ARCHIVE_BYTES } from '@im2grade/handout/rules';
import { UngradableError } from '../model/errors.ts';
import type { Answer, ArchiveEntry, Request } from './archiveMessages.ts';
import { mayHoldDeliverables } from './archiveNames.ts';
import type { Entry, Listing } from './Listing.ts';
import { listTar } from './listTar.ts';
import { listZip, tooLarge, type ZipSource } from './listZip.ts';
import { mayBe } from './plainNames.ts';
import { messageOf } from './refusal.ts';

/** A worker thread that lists archives and reads what may be a deliverable; `readArchive` starts and ends it. */
parentPort!.on('message', (request: Request) => {
  void answerTo(request).then((answer) => parentPort!.postMessage(answer));
});

async function answerTo(request: Request): Promise<Answer> {
  try {
    const { entries, skipped, assumed } = await listed(request);
    const read = new Map<Entry, ArchiveEntry>();
    // What unpacks to too much must not use up what deliverables may.
    const inOrder = entries.toSorted((a, b) => Number(isInner(request, a.path)) - Number(isInner(request, b.path)));
    for (const entry of inOrder) read.set(entry, await readEntry(entry, mostBytes(request, entry.path)));
    return { type: 'read', entries: entries.map((entry) => read.get(entry)!), skipped, assumed };
  } catch (error) {
    if (error instanceof UngradableError) return { type: 'refused', message: error.message };
    return { type: 'failed', message: messageOf(error) };
  }
}

async function listed(request: Request): Promise<Listing> {
  const { source, shown, handedIn } = request;
  const most = mostOfArchive(request);
  if (/\.zip$/iu.test(shown)) return listZip(source, shown, handedIn, most);
  return listTar(bytesOf(source, shown, most), shown, (path) => mostBytes(request, path), handedIn, most);
}

/** The bytes of an archive that is read from its beginning; one that is too large is not read. */
function bytesOf(source: ZipSource, shown: string, most: number): Uint8Array {
  if (typeof source !== 'number') return source;
  const { size } = fstatSync(source);
  if (size > most) throw tooLarge(shown, size, most);
  const bytes = new Uint8Array(size);
  return bytes.subarray(0, readSync(source, bytes, 0, bytes.length, 0));
}

const mostOfArchive = ({ mostBytes: most = MAX_ARCHIVE_BYTES }: Request): number => most;

const isInner = ({ withInner = false }: Request, path: string): boolean => withInner && mayHoldDeliverables(path);

/**
 * The size limit of the deliverable or of the archive that an entry may be, whatever its folder; undefined for any other
 * entry.
 */
function mostBytes(request: Request, path: string): number | undefined {
  if (isInner(request, path)) return mostOfArchive(request);
  const limits = request.wanted.filter(([name]) => mayBe(path, name)).map(([, most]) => most);
  return limits.length === 0 ? undefined : Math.max(...limits);
}

async function readEntry({ path, kind, read }: Entry, most: number | undefined): Promise<ArchiveEntry> {
  if (kind !== 'file' || most === undefined) return { path, kind };
  try {
    return { path, kind, bytes: await read(most) };
  } catch (error) {
    if (error instanceof UngradableError) return { path, kind, refused: error.message };
    throw error;
  }
}
