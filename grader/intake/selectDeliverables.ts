import type { Entry, Listing } from './Listing.ts';
import { refusal, shownName } from './refusal.ts';

/** What a folder or an archive yields before it is checked: raw bytes by deliverable path. */
export interface RawFiles {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Files that were there and not read. */
  readonly ignored: readonly string[];
  /** Deliverables that are not there, with a name that some machines would take for theirs. */
  readonly lookalikes: ReadonlyMap<string, string>;
}

const MAX_IGNORED = 50;

/**
 * Reads the deliverables, and no other file. One common top folder is stripped.
 *
 * @throws UngradableError when a deliverable is a link, no file, there twice, or beside a name that other machines would
 * take for the same
 */
export async function selectDeliverables(
  listing: Listing,
  wanted: ReadonlySet<string>,
  fileBytes: number,
): Promise<RawFiles> {
  const top = commonTop(listing.entries, wanted);
  const entries = listing.entries
    .filter(({ path }) => path.length > top.length)
    .map((entry) => ({ path: entry.path.slice(top.length), entry }));
  const found = new Map<string, Entry>();
  const lookalikes = new Map<string, string>();
  const others: string[] = [];
  const folded = new Map([...wanted].map((path) => [fold(path), path]));
  for (const { path, entry } of entries) {
    const isLookalikeOf = folded.get(fold(path));
    if (wanted.has(path)) {
      if (found.has(path)) throw refusal(path, 'twice in the archive');
      requirePlain(path, entry);
      found.set(path, entry);
    } else if (isLookalikeOf !== undefined) lookalikes.set(isLookalikeOf, path);
    else {
      if (entry.kind === 'link') refuseLinkedFolder(path, wanted);
      if (entry.kind !== 'folder') others.push(path);
    }
  }
  for (const [path, lookalike] of lookalikes) {
    if (found.has(path))
      throw refusal(path, `some machines take ${shownName(lookalike)} for the same name; hand in one of them`);
  }
  const files = new Map<string, Uint8Array>();
  for (const [path, entry] of found) files.set(path, await entry.read(fileBytes));
  const ignored = [...listing.skipped, ...others.sort().slice(0, MAX_IGNORED).map(shownName)];
  return { files, ignored, lookalikes };
}

/** `hand-in/` when every entry lies in that folder and no deliverable does without it; otherwise nothing. */
function commonTop(entries: readonly Entry[], wanted: ReadonlySet<string>): string {
  if (entries.length === 0 || entries.some(({ path }) => wanted.has(path))) return '';
  const top = entries[0].path.split('/')[0];
  const isWithin = ({ path, kind }: Entry) => path.startsWith(`${top}/`) || (path === top && kind === 'folder');
  return entries.every(isWithin) ? `${top}/` : '';
}

/** Names that a file system without case or with another Unicode form would hold to be one. */
const fold = (path: string): string => path.normalize('NFKC').toLowerCase();

function requirePlain(path: string, { kind }: Entry): void {
  if (kind === 'link') throw refusal(path, 'is a symbolic link or a hard link; hand in the file itself');
  if (kind !== 'file') throw refusal(path, 'is not a regular file');
}

function refuseLinkedFolder(path: string, wanted: ReadonlySet<string>): void {
  if ([...wanted].some((name) => name.startsWith(`${path}/`)))
    throw refusal(path, 'is a symbolic link; hand in the folder itself');
}
