import { fstatSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { isWeights, MANIFEST, MAX_ARCHIVE_BYTES, namedWeights } from '@im2grade/handout/rules';
import { UngradableError } from '../model/errors.ts';
import type { Answer, ArchiveEntry, Request } from './archiveMessages.ts';
import { mayHoldDeliverables } from './archiveNames.ts';
import type { Entry, Listing } from './Listing.ts';
import { listTar } from './listTar.ts';
import { listZip, tooLarge, type ZipSource } from './listZip.ts';
import { baseName, mayBe, parentOf } from './plainNames.ts';
import { messageOf } from './refusal.ts';

/** A worker thread that lists archives and reads what may be a deliverable; `readArchive` starts and ends it. */
parentPort!.on('message', (request: Request) => {
  void answerTo(request).then((answer) => parentPort!.postMessage(answer));
});

async function answerTo(request: Request): Promise<Answer> {
  try {
    const { entries, skipped, assumed } = await listed(request);
    const read = new Map<Entry, ArchiveEntry>();
    const readAll = async (some: readonly Entry[], mostOf: (path: string) => number | undefined) => {
      for (const entry of some) read.set(entry, await readEntry(entry, mostOf(entry.path)));
    };
    const inner = entries.filter(({ path }) => isInner(request, path));
    const own = entries.filter(({ path }) => !isInner(request, path));
    await readAll(own, (path) => mostBytes(request, path));
    const weights = weightsNamedIn(request, [...read.values()]);
    const isLeft = (entry: Entry) => weights.has(entry.path) && mostBytes(request, entry.path) === undefined;
    await readAll(own.filter(isLeft), (path) => weights.get(path));
    // What unpacks to too much must not use up what deliverables may.
    await readAll(inner, (path) => mostBytes(request, path));
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
  // What follows in a tar archive may name what was before it.
  const kept = (path: string) => mostBytes(request, path) ?? (isWeights(path) ? mostOfModels(request) : undefined);
  return listTar(bytesOf(source, shown, most), shown, kept, handedIn, most);
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

const isManifest = (path: string): boolean => baseName(path) === MANIFEST;

/** The size limit of the largest model that may be in several files; undefined if there is none. */
function mostOfModels({ wanted }: Request): number | undefined {
  const limits = wanted.filter(([path]) => isManifest(path)).map(([, most]) => most);
  return limits.length === 0 ? undefined : Math.max(...limits);
}

/** The size limits of the files beside what may be the manifest of a model that it names as its weights, by path. */
function weightsNamedIn(request: Request, read: readonly ArchiveEntry[]): Map<string, number> {
  const most = mostOfModels(request);
  const manifests = most === undefined ? [] : read.filter(({ path }) => mayBe(path, MANIFEST));
  return new Map(
    manifests.flatMap(({ path, bytes }) =>
      namedWeights(bytes ?? new Uint8Array()).names.map((name) => [parentOf(path) + name, most!] as const),
    ),
  );
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
