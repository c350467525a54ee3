import { foldName } from '@im2grade/handout/rules';
import { type Assignment, type Deliverable, mostBytesOf } from '../model/assignment.ts';
import { UngradableError } from '../model/errors.ts';
import { decodeText } from './decodeText.ts';
import type { Entry, Listed } from './Listing.ts';
import { refusal, displayName } from './refusal.ts';

/** The files of a folder or an archive that belong to an assignment. */
export interface Selection {
  /** Texts by deliverable path; binary ones in base64. */
  readonly texts: ReadonlyMap<string, string>;
  /** Files that were ignored; for an optional deliverable also why. */
  readonly ignored: readonly string[];
  /** Deliverables that are missing, with an existing name that some machines would treat as theirs. */
  readonly lookalikes: ReadonlyMap<string, string>;
}

const MAX_IGNORED = 50;

/**
 * Reads the deliverables, and no other file. One common top folder is stripped. An optional deliverable that is too
 * large or not text is ignored, so that only the criteria that need it are lost.
 *
 * @throws UngradableError if a deliverable is a link, not a file, present twice, or next to a name that other machines
 *   would treat as the same, or if a required one is too large or not text
 */
export async function selectDeliverables(
  listing: Listed,
  assignment: Pick<Assignment, 'deliverables' | 'limits'>,
): Promise<Selection> {
  const { deliverables } = assignment;
  const wanted = new Set(deliverables.map(({ path }) => path));
  const top = commonTop(listing.entries, wanted);
  const entries = listing.entries
    .filter(({ path }) => path.length > top.length)
    .map((entry) => ({ path: entry.path.slice(top.length), entry }));
  const found = new Map<string, Entry>();
  const lookalikes = new Map<string, string>();
  const others: string[] = [];
  const folded = new Map([...wanted].map((path) => [foldName(path), path]));
  for (const { path, entry } of entries) {
    const isLookalikeOf = folded.get(foldName(path));
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
      throw refusal(path, `some machines take ${displayName(lookalike)} for the same name; hand in one of them`);
  }
  const { texts, unread } = await readTexts(found, assignment);
  const ignored = [...listing.skipped, ...unread, ...others.sort().slice(0, MAX_IGNORED).map(displayName)];
  return { texts, ignored, lookalikes };
}

async function readTexts(
  found: ReadonlyMap<string, Entry>,
  assignment: Pick<Assignment, 'deliverables' | 'limits'>,
): Promise<{ texts: Map<string, string>; unread: string[] }> {
  const texts = new Map<string, string>();
  const unread: string[] = [];
  for (const deliverable of assignment.deliverables) {
    const entry = found.get(deliverable.path);
    if (!entry) continue;
    try {
      texts.set(deliverable.path, textOf(deliverable, await entry.read(mostBytesOf(assignment, deliverable))));
    } catch (error) {
      if (!(error instanceof UngradableError && deliverable.optional)) throw error;
      unread.push(error.message);
    }
  }
  return { texts, unread };
}

/** Binary files are passed on as base64, so that later steps deal with text only. */
const textOf = ({ path, binary }: Deliverable, bytes: Uint8Array): string =>
  binary ? Buffer.from(bytes).toString('base64') : decodeText(path, bytes);

/** `hand-in/` if every entry is in that folder and no deliverable is outside it; otherwise nothing. */
function commonTop(entries: readonly Entry[], wanted: ReadonlySet<string>): string {
  if (entries.length === 0 || entries.some(({ path }) => wanted.has(path))) return '';
  const top = entries[0].path.split('/')[0];
  const isWithin = ({ path, kind }: Entry) => path.startsWith(`${top}/`) || (path === top && kind === 'folder');
  return entries.every(isWithin) ? `${top}/` : '';
}

function requirePlain(path: string, { kind }: Entry): void {
  if (kind === 'link') throw refusal(path, 'is a symbolic link or a hard link; hand in the file itself');
  if (kind !== 'file') throw refusal(path, 'is not a regular file');
}

function refuseLinkedFolder(path: string, wanted: ReadonlySet<string>): void {
  if ([...wanted].some((name) => name.startsWith(`${path}/`)))
    throw refusal(path, 'is a symbolic link; hand in the folder itself');
}
