import { parentPort } from 'node:worker_threads';
import { UngradableError } from '../model/errors.ts';
import type { Answer, ArchiveEntry, Request } from './archiveMessages.ts';
import type { Entry, Listing } from './Listing.ts';
import { listTar } from './listTar.ts';
import { listZip } from './listZip.ts';
import { messageOf } from './refusal.ts';

/** A worker thread that lists archives and reads what may be a deliverable; `readArchive` starts and ends it. */
parentPort!.on('message', (request: Request) => {
  void answerTo(request).then((answer) => parentPort!.postMessage(answer));
});

async function answerTo(request: Request): Promise<Answer> {
  try {
    const { entries, skipped } = await listed(request);
    const read: ArchiveEntry[] = [];
    for (const entry of entries) read.push(await readEntry(entry, mostBytes(request, entry.path)));
    return { type: 'read', entries: read, skipped };
  } catch (error) {
    if (error instanceof UngradableError) return { type: 'refused', message: error.message };
    return { type: 'failed', message: messageOf(error) };
  }
}

function listed(request: Request): Promise<Listing> {
  const { bytes, shown, wanted } = request;
  if (/\.zip$/iu.test(shown)) return listZip(bytes, shown);
  const keep = (path: string) => mostBytes(request, path) !== undefined;
  return listTar(bytes, shown, keep, Math.max(...wanted.map(([, most]) => most)));
}

/**
 * The size limit of the deliverable that an entry may be, with or without the one top folder; undefined for any other
 * entry.
 */
function mostBytes({ wanted }: Request, path: string): number | undefined {
  const inner = path.slice(path.indexOf('/') + 1);
  return wanted.find(([name]) => name === path)?.[1] ?? wanted.find(([name]) => name === inner)?.[1];
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
