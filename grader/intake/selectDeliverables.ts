import { type Assignment, type Deliverable, mostBytesOf } from '../model/assignment.ts';
import { UngradableError } from '../model/errors.ts';
import { decodeText } from './decodeText.ts';
import type { Entry, InnerArchive, Listed } from './Listing.ts';
import { type Placed, placeDeliverables } from './placeDeliverables.ts';
import { placesOf } from './placesOf.ts';
import { displayName, NoPlainFileError, refusal } from './refusal.ts';
import { modelsNotTaken, withNamedWeights } from './withNamedWeights.ts';

/** The files of a folder or an archive that belong to an assignment. */
export interface Selection {
  /** Texts by deliverable path; binary ones in base64. */
  readonly texts: ReadonlyMap<string, string>;
  /** Why a deliverable that is there cannot be used, by path. */
  readonly unusable: ReadonlyMap<string, string>;
  /** Files that were ignored; for an optional deliverable also why. */
  readonly ignored: readonly string[];
  readonly assumed: readonly string[];
}

const MAX_IGNORED = 50;
const MOST_COPIES = 10;

/**
 * Reads the deliverables, and no other file, from a listing and from the archives beside it. One that cannot be read
 * costs only the criteria that need it.
 *
 * @throws UngradableError as `placeDeliverables` does
 */
export async function selectDeliverables(
  listing: Listed,
  assignment: Pick<Assignment, 'deliverables' | 'limits' | 'folders'>,
): Promise<Selection> {
  const places = placesOf(assignment);
  const loose = placeDeliverables(listing.entries, places);
  const archives = archivesIn(listing, '').map((each) => ({
    ...each,
    placed: placeDeliverables(each.listed.entries, places),
  }));
  const assumed = [...listing.assumed, ...loose.assumed];
  for (const { listed, placed } of archives) assumed.push(...listed.assumed, ...placed.assumed);
  const found = new Map(loose.found);
  const unusable = new Map<string, string>(loose.unclear);
  for (const want of places.wanted) {
    const all = archives.filter(({ placed }) => placed.found.has(want));
    if (all.length === 0) continue;
    const holding = all.filter(({ depth }) => depth === all[0].depth);
    const names = holding.map(({ name }) => displayName(name));
    if (found.has(want)) {
      assumed.push(`${want} is in ${names.join(' and ')} too; the file beside it was taken`);
      continue;
    }
    const { entry, why } = await entryAmong(holding, want, mostBytesFor(assignment, want));
    if (entry) {
      unusable.delete(want);
      found.set(want, entry);
      if (why !== undefined) assumed.push(why);
    } else unusable.set(want, why);
  }
  for (const { placed } of archives)
    for (const [want, why] of placed.unclear) if (!found.has(want)) unusable.set(want, why);
  const listings = [listing, ...archives.map(({ listed }) => listed)].map(({ entries }) => entries);
  const whole = await withNamedWeights(found, listings, assignment);
  const read = await readTexts(whole.found, { ...assignment, deliverables: whole.deliverables });
  const others = [
    ...othersIn(listing, loose, whole.found),
    ...archives.flatMap(({ name, listed, placed }) =>
      // Two archives may each have notes of one name.
      othersIn(listed, placed, whole.found).map((path) => (archives.length > 1 ? `${name}/${path}` : path)),
    ),
  ];
  return {
    texts: read.texts,
    unusable: new Map([...unusable, ...read.unusable]),
    ignored: [
      ...[listing, ...archives.map(({ listed }) => listed)].flatMap(({ skipped }) => skipped),
      ...read.unread,
      ...others.sort().slice(0, MAX_IGNORED).map(displayName),
    ],
    assumed: [...assumed, ...read.assumed, ...whole.refused, ...modelsNotTaken(whole, others)],
  };
}

const mostBytesFor = (assignment: Pick<Assignment, 'deliverables' | 'limits'>, want: string): number =>
  mostBytesOf(
    assignment,
    assignment.deliverables.find(({ path }) => path === want)!,
  );

interface Holding extends Opened {
  readonly placed: Placed<Entry>;
}

/** What is taken of several archives that hold a deliverable: nothing if it is not the same, and none is known to be the last. */
async function entryAmong(
  holding: readonly Holding[],
  want: string,
  most: number,
): Promise<{ entry: Entry; why: string | undefined } | { entry: undefined; why: string }> {
  const entries = holding.map(({ placed }) => placed.found.get(want)!);
  const where = `in ${holding.map(({ name }) => displayName(name)).join(' and in ')}`;
  if (entries.length === 1) return { entry: entries[0], why: undefined };
  if (await areCopies(entries, most)) return { entry: entries[0], why: `${want} is the same ${where}` };
  const last = lastOf(holding);
  if (last)
    return {
      entry: last.placed.found.get(want)!,
      why: `${want} is ${where}; ${displayName(last.name)} came last, and was taken`,
    };
  return { entry: undefined, why: `${want}: ${where}; hand in one of these archives` };
}

/** The archive that was handed in after all others, if that is known. */
function lastOf<A extends InnerArchive>(archives: readonly A[]): A | undefined {
  const [last, before] = archives.toSorted((a, b) => (b.order ?? 0) - (a.order ?? 0));
  return (last.order ?? 0) > (before.order ?? 0) ? last : undefined;
}

/** Whether files have the same bytes, as if each member of a team handed in the same. */
async function areCopies([first, ...others]: readonly Entry[], most: number): Promise<boolean> {
  if (others.length > MOST_COPIES) return false;
  try {
    const bytes = await first.read(most);
    for (const other of others) if (Buffer.compare(await other.read(most), bytes) !== 0) return false;
    return true;
  } catch (error) {
    if (error instanceof UngradableError) return false;
    throw error;
  }
}

interface Opened extends InnerArchive {
  readonly depth: number;
}

/** All archives that were opened, those that are in others last: they have what is nowhere else. */
function archivesIn({ archives = [] }: Listed, outer: string, depth = 0): Opened[] {
  const own = archives.map((each) => ({ ...each, name: `${outer}${each.name}`, depth }));
  return [...own, ...own.flatMap(({ name, listed }) => archivesIn(listed, `${name}/`, depth + 1))];
}

/** The entries that were not taken, relative to the deliverables' folder. */
function othersIn(
  { entries, archives = [] }: Listed,
  { root }: Placed<Entry>,
  found: ReadonlyMap<string, Entry>,
): string[] {
  const used = new Set([...found.values(), ...archives.map(({ name }) => ({ path: name }))].map(({ path }) => path));
  return entries
    .filter(({ path, kind }) => kind !== 'folder' && !used.has(path))
    .map(({ path }) => (path.startsWith(root) ? path.slice(root.length) : path));
}

interface Texts {
  readonly texts: Map<string, string>;
  readonly unusable: Map<string, string>;
  /** Why optional deliverables were not read. */
  readonly unread: string[];
  readonly assumed: string[];
}

async function readTexts(
  found: ReadonlyMap<string, Entry>,
  assignment: Pick<Assignment, 'limits'> & { readonly deliverables: readonly Deliverable[] },
): Promise<Texts> {
  const read: Texts = { texts: new Map(), unusable: new Map(), unread: [], assumed: [] };
  for (const deliverable of assignment.deliverables) {
    const { path, optional, modelOf } = deliverable;
    const entry = found.get(path);
    if (!entry) continue;
    try {
      const most = mostBytesOf(assignment, deliverable);
      const { text, encoding } = textOf(deliverable, await entry.read(most), most);
      read.texts.set(path, text);
      if (encoding !== undefined) read.assumed.push(`${path} was read as ${encoding}; save it as UTF-8`);
    } catch (error) {
      if (!(error instanceof UngradableError) || (error instanceof NoPlainFileError && !optional)) throw error;
      if (modelOf !== undefined) read.assumed.push(`not taken: ${error.message}`);
      if (optional) read.unread.push(error.message);
      else read.unusable.set(path, error.message);
    }
  }
  return read;
}

/** Binary files are passed on as base64, so that later steps deal with text only. */
function textOf({ path, binary }: Deliverable, bytes: Uint8Array, most: number) {
  if (binary) return { text: Buffer.from(bytes).toString('base64'), encoding: undefined };
  const { text, encoding } = decodeText(path, bytes);
  if (Buffer.byteLength(text) > most) throw refusal(path, `more than ${most} bytes in UTF-8`);
  return { text, encoding };
}
