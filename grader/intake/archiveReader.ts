import { fstatSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { MAX_ARCHIVE_BYTES } from '@im2grade/handout/rules';
import { UngradableError } from '../model/errors.ts';
import type { Answer, ArchiveEntry, Request } from './archiveMessages.ts';
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
    const read: ArchiveEntry[] = [];
    for (const entry of entries) read.push(await readEntry(entry, mostBytes(request, entry.path)));
    return { type: 'read', entries: read, skipped, assumed };
  } catch (error) {
    if (error instanceof UngradableError) return { type: 'refused', message: error.message };
    return { type: 'failed', message: messageOf(error) };
  }
}

async function listed(request: Request): Promise<Listing> {
  const { source, shown, wanted } = request;
  if (/\.zip$/iu.test(shown)) return listZip(source, shown);
  const keep = (path: string) => mostBytes(request, path) !== undefined;
  return listTar(bytesOf(source, shown), shown, keep, Math.max(...wanted.map(([, most]) => most)));
}

/** The bytes of an archive that is read from its beginning; one that is too large is not read. */
function bytesOf(source: ZipSource, shown: string): Uint8Array {
  if (typeof source !== 'number') return source;
  const { size } = fstatSync(source);
  if (size > MAX_ARCHIVE_BYTES) throw tooLarge(shown, size);
  const bytes = new Uint8Array(size);
  return bytes.subarray(0, readSync(source, bytes, 0, bytes.length, 0));
}

/** The size limit of the deliverable that an entry may be, whatever its folder; undefined for any other entry. */
function mostBytes({ wanted }: Request, path: string): number | undefined {
  const limits = wanted.filter(([name]) => mayBe(path, name)).map(([, most]) => most);
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
