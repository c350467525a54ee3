import { type Assignment, mostBytesOf } from '../model/assignment.ts';
import { UngradableError } from '../model/errors.ts';
import { mayHoldDeliverables } from './archiveNames.ts';
import { type LinksOf, withPlainFile } from './listFolder.ts';
import type { Entry, Listed } from './Listing.ts';
import { placeDeliverables } from './placeDeliverables.ts';
import { placesOf } from './placesOf.ts';
import { readArchive } from './readArchive.ts';
import { displayName, refusal } from './refusal.ts';

export { isArchiveName, withoutArchiveSuffix } from './archiveNames.ts';

/** An archive that is inside another one is inflated to memory; its size with all clutter is bounded by this. */
const MAX_INNER_BYTES = 64 * 1024 * 1024;
/** Archives beside each other that are opened. */
const MOST_ARCHIVES = 3;

/**
 * Lists an archive's entries, by the kind that its suffix says, and those of the archives in it if deliverables are
 * missing without them.
 *
 * @throws UngradableError if it is not such an archive
 */
export async function listArchive(
  bytes: Uint8Array,
  shown: string,
  assignment: Assignment,
  signal?: AbortSignal,
): Promise<Listed> {
  const request = { source: bytes, shown, ...limitsFor(assignment), withInner: true };
  return withInner(await readArchive(request, signal), shown, bytes.length, assignment, signal);
}

/**
 * As `listArchive`, of a file on the disk. Of a zip archive only the directory, what may be a deliverable and archives are
 * read.
 *
 * @param linksOf - the user whose hard links are read
 */
export function listArchiveFile(
  file: string,
  shown: string,
  assignment: Assignment,
  signal?: AbortSignal,
  linksOf?: LinksOf,
): Promise<Listed> {
  return withPlainFile(file, shown, linksOf, async (descriptor, size) => {
    const request = { source: descriptor, shown, ...limitsFor(assignment), withInner: true };
    return withInner(await readArchive(request, signal), shown, size, assignment, signal);
  });
}

/**
 * An archive with the archives in it; what these hold is not opened. All of it is bounded by what was handed in.
 *
 * @param handedIn - its bytes
 */
async function withInner(
  listed: Listed,
  shown: string,
  handedIn: number,
  assignment: Assignment,
  signal?: AbortSignal,
): Promise<Listed> {
  const limits = limitsFor(assignment);
  const opened = await withOpened(listed, shown, assignment, async ({ path, read }) =>
    readArchive({ source: await read(limits.mostBytes), shown: path, ...limits, handedIn }, signal),
  );
  const names = (opened.archives ?? []).map(({ name }) => displayName(name));
  if (names.length === 0) return opened;
  return { ...opened, assumed: [...opened.assumed, `${names.join(' and ')} in the archive was opened, too`] };
}

const limitsFor = (assignment: Assignment) => ({
  wanted: assignment.deliverables.map((each) => [each.path, mostBytesOf(assignment, each)] as const),
  mostBytes: assignment.limits.archiveBytes,
});

/**
 * A listing with the archives that are in it, if deliverables are missing without them: an archive and a file beside it
 * are one hand-in.
 *
 * @param shown - the folder in messages
 * @throws UngradableError if the only archive cannot be read and nothing is beside it, or if there are too many
 */
export const withArchives = (
  listing: Listed,
  shown: string,
  assignment: Assignment,
  signal?: AbortSignal,
): Promise<Listed> => withOpened(listing, shown, assignment, (entry) => listEntry(entry, assignment, signal));

async function withOpened(
  listing: Listed,
  shown: string,
  assignment: Assignment,
  open: (entry: Entry) => Promise<Listed>,
): Promise<Listed> {
  const archives = listing.entries
    .filter(({ path, kind }) => kind === 'file' && mayHoldDeliverables(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  if (archives.length === 0) return listing;
  const { found } = placeDeliverables(listing.entries, placesOf(assignment));
  const isWhole = assignment.deliverables.every(({ path, optional }) => optional || found.has(path));
  if (isWhole && found.size > 0) return listing;
  if (archives.length > MOST_ARCHIVES) {
    if (found.size > 0) return listing;
    throw refusal(shown, `holds ${archives.length} archives; hand in one of them`);
  }
  const listed = [];
  const skipped = [...listing.skipped];
  const unreadable = new Set<Entry>();
  for (const entry of archives) {
    try {
      listed.push({ name: entry.path, listed: await open(entry) });
    } catch (error) {
      if (!(error instanceof UngradableError) || (archives.length === 1 && found.size === 0)) throw error;
      skipped.push(error.message);
      unreadable.add(entry);
    }
  }
  const entries = listing.entries.filter((entry) => !unreadable.has(entry));
  return { entries, assumed: listing.assumed, skipped, archives: listed };
}

/** The bytes that are read of an archive which is in a folder or another archive. */
export const mostOfInner = (name: string, { limits }: Assignment): number =>
  /\.zip$/iu.test(name) ? Math.max(MAX_INNER_BYTES, limits.archiveBytes) : limits.archiveBytes;

const listEntry = async (
  { path, file, linksOf, read }: Entry,
  assignment: Assignment,
  signal?: AbortSignal,
): Promise<Listed> =>
  file === undefined
    ? listArchive(await read(mostOfInner(path, assignment)), path, assignment, signal)
    : listArchiveFile(file, path, assignment, signal, linksOf);
