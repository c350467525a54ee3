import { foldName } from '@im2grade/handout/rules';
import type { Entry } from './Listing.ts';
import { baseName, mayBe, parentOf } from './plainNames.ts';
import { displayName, refusal } from './refusal.ts';

type Placeable = Pick<Entry, 'path' | 'kind'>;

/** The deliverables' paths, and those of the other files that students were given. */
export interface Places {
  readonly wanted: readonly string[];
  readonly given: ReadonlySet<string>;
}

/** Which entries are the deliverables. */
export interface Placed<E extends Placeable> {
  /** By deliverable. */
  readonly found: ReadonlyMap<string, E>;
  /** Why a deliverable cannot be found, if files are there that could be it. */
  readonly unclear: ReadonlyMap<string, string>;
  /** One sentence for each file that is not in its place. */
  readonly assumed: readonly string[];
  /** The folder that all deliverables are in, with a slash at the end; empty if it is the top. */
  readonly root: string;
}

/**
 * Finds the deliverables among the entries of a folder or an archive: in their places below one folder, or, if they are
 * not there, by their names. A file that was renamed by a browser, an editor or a platform is recognised. If several
 * files could be meant, none of them is taken.
 *
 * @throws UngradableError if a deliverable is a link, not a file, present twice, or next to a name that other machines
 *   would treat as the same, or if the deliverables are in several folders
 */
export function placeDeliverables<E extends Placeable>(entries: readonly E[], places: Places): Placed<E> {
  const root = rootOf(entries, places.wanted);
  const [found, unclear, assumed] = [new Map<string, E>(), new Map<string, string>(), [] as string[]];
  for (const { path, kind } of entries) if (kind === 'link') refuseLinkedFolder(root, path, places.wanted);
  for (const want of places.wanted) {
    const entry = inPlace(entries, root + want);
    if (entry) found.set(want, entry);
  }
  for (const want of places.wanted) {
    if (found.has(want)) continue;
    const taken = new Set(found.values());
    const candidates = candidatesFor(want, entries, root, places).filter((entry) => !taken.has(entry));
    if (candidates.length > 1) unclear.set(want, severalFor(want, candidates));
    if (candidates.length !== 1) continue;
    found.set(want, candidates[0]);
    assumed.push(`${displayName(candidates[0].path)} was taken for ${want}`);
  }
  if (root !== '' && root !== commonTop(entries) && found.size > assumed.length)
    assumed.unshift(`the deliverables were taken from the folder ${displayName(root.slice(0, -1))}`);
  return { found, unclear, assumed, root };
}

/** The folder below which the deliverables are in their places. */
function rootOf(entries: readonly Placeable[], wanted: readonly string[]): string {
  const roots = new Map<string, Set<string>>();
  for (const { path, kind } of entries) {
    if (kind === 'folder') continue;
    for (const want of wanted.filter((each) => each.includes('/'))) {
      const root = rootFor(path, want);
      if (root !== undefined) roots.set(root, (roots.get(root) ?? new Set()).add(want));
    }
  }
  if (roots.size === 0) return entries.some(({ path }) => wanted.includes(path)) ? '' : commonTop(entries);
  const sorted = [...roots.keys()].sort((a, b) => a.length - b.length);
  const [outermost] = sorted;
  // A copy inside of it, such as a backup, is not what was handed in.
  if (sorted.every((root) => root.startsWith(outermost))) return outermost;
  const most = Math.max(...[...roots.values()].map(({ size }) => size));
  const fullest = sorted.filter((root) => roots.get(root)!.size === most);
  if (fullest.length === 1) return fullest[0];
  const names = sorted.slice(0, 4).map((root) => displayName(root.slice(0, -1) || 'the top folder'));
  throw refusal(names.join(', '), 'the deliverables are in several folders; hand in one of these folders only');
}

/** `a/SRC/x.ts` is `src/x.ts` in `a/`. */
function rootFor(path: string, want: string): string | undefined {
  const [parts, wanted] = [path.split('/'), want.split('/')];
  if (parts.length < wanted.length) return undefined;
  const [above, inner] = [parts.slice(0, -wanted.length), parts.slice(-wanted.length)];
  if (foldName(inner.join('/')) !== foldName(want)) return undefined;
  return above.length === 0 ? '' : `${above.join('/')}/`;
}

/** `hand-in/` if every entry is in that folder; otherwise nothing. */
function commonTop(entries: readonly Placeable[]): string {
  if (entries.length === 0) return '';
  const top = entries[0].path.split('/')[0];
  const isWithin = ({ path, kind }: Placeable) => path.startsWith(`${top}/`) || (path === top && kind === 'folder');
  return entries.every(isWithin) ? `${top}/` : '';
}

/**
 * The entry at a path; undefined if there is none.
 *
 * @throws UngradableError if it is a link, is not a file, is there twice, or has a double on other machines
 */
export function inPlace<E extends Placeable>(entries: readonly E[], path: string): E | undefined {
  const [entry, ...others] = entries.filter((each) => each.path === path);
  const lookalike = entries.find((each) => each.path !== path && foldName(each.path) === foldName(path));
  if (!entry || entry.kind === 'folder') return undefined;
  if (others.length > 0) throw refusal(path, 'twice in the archive');
  if (entry.kind === 'link') throw refusal(path, 'is a symbolic link or a hard link; hand in the file itself');
  if (entry.kind === 'special') throw refusal(path, 'is not a regular file');
  if (lookalike)
    throw refusal(path, `some machines take ${displayName(lookalike.path)} for the same name; hand in one of them`);
  return entry;
}

/** The files that may be a deliverable that is not in its place: the best ones only. */
function candidatesFor<E extends Placeable>(
  want: string,
  entries: readonly E[],
  root: string,
  { wanted, given }: Places,
): E[] {
  const files = entries.filter(({ kind }) => kind === 'file');
  const place = foldName(root + want);
  const [folder, name] = [foldName(parentOf(root + want)), baseName(want)];
  const isFree = ({ path }: E) => !wanted.some((each) => path === root + each) && !isGiven(path, given);
  const hasRoot = wanted.some((each) => each.includes('/') && files.some(({ path }) => rootFor(path, each) === root));
  // Beside the deliverables that are in their places, and above; anywhere if none is.
  const isNear = ({ path }: E) => !hasRoot || root.startsWith(parentOf(path));
  const similar = files.filter((entry) => mayBe(entry.path, want) && isFree(entry));
  const tiers: readonly ((entry: E) => boolean)[] = [
    ({ path }) => foldName(path) === place,
    ({ path }) => foldName(parentOf(path)) === folder && baseName(path) === name,
    ({ path }) => foldName(parentOf(path)) === folder,
    (entry) => isNear(entry) && baseName(entry.path) === name,
    isNear,
  ];
  return tiers.map((tier) => similar.filter(tier)).find(({ length }) => length > 0) ?? [];
}

/** Whether a file is one that the student was given, in its place in some folder. */
const isGiven = (path: string, given: ReadonlySet<string>): boolean => {
  const parts = path.split('/');
  return parts.some((_, i) => given.has(parts.slice(i).join('/')));
};

function severalFor(want: string, candidates: readonly Placeable[]): string {
  const names = candidates.slice(0, 4).map(({ path }) => displayName(path));
  return `${want}: missing, and several files could be it: ${names.join(', ')}; hand in one of them, under its own name`;
}

function refuseLinkedFolder(root: string, path: string, wanted: readonly string[]): void {
  if (wanted.some((name) => `${root}${name}`.startsWith(`${path}/`)))
    throw refusal(path, 'is a symbolic link; hand in the folder itself');
}
