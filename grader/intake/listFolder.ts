import { closeSync, constants, fstatSync, openSync, opendirSync, readSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { foldName } from '@im2grade/handout/rules';
import { whyNotRead } from '../common/whyNotRead.ts';
import { machineFaultOf } from '../model/errors.ts';
import { evilName, Listing } from './Listing.ts';
import { noPlainFile, refusal } from './refusal.ts';

/** How far deliverables are looked for in other folders than their own, and how many names are read for that. */
const SEARCHED_DEPTH = 4;
const SEARCHED_ENTRIES = 1000;

/** Whose hard links are read; undefined if none are. */
export type LinksOf = number | undefined;

/**
 * Lists a folder, the one folder that is all it holds, and the folders in which deliverables belong; if there are no such
 * folders, also what is in the other folders, as far as their number is small. No link is followed, and no file is
 * opened before it is read.
 *
 * @param linksOf - the user whose hard links are read, in a folder that a teacher keeps
 * @throws UngradableError if there are too many entries
 */
export function listFolder(folder: string, shown: string, wanted: ReadonlySet<string>, linksOf?: LinksOf): Listing {
  const listing = new Listing(shown);
  const listed = new Set<string>();
  const list = (path: string, most = Infinity) => {
    if (listed.has(path)) return;
    listed.add(path);
    for (const entry of entriesOf(join(folder, path))) {
      const name = path === '' ? entry.name : `${path}/${entry.name}`;
      // Here a backslash or a colon is an ordinary character of a name; no deliverable has one.
      if (evilName(entry.name) || entry.name.includes('\\')) continue;
      if (listing.entries.length >= most) return;
      const file = join(folder, name);
      listing.add(name, kindOf(entry), async (maxBytes) => readPlainFile(file, name, maxBytes, linksOf), {
        file,
        linksOf,
      });
    }
  };
  list('');
  const tops = listing.entries.map(({ path }) => path);
  const parents = parentsOf(wanted);
  const only = tops.length === 1 && listing.entries[0].kind === 'folder' && !parents.includes(tops[0]) ? tops[0] : '';
  if (only !== '') list(only);
  for (const parent of parents) {
    const path = only === '' ? parent : `${only}/${parent}`;
    if (listing.entries.some((entry) => entry.path === path && entry.kind === 'folder')) list(path);
  }
  search(listing, wanted, listed, (path) => list(path, SEARCHED_ENTRIES));
  return listing;
}

/** Lists further folders, level by level, until deliverables are found in their places in one of them. */
function search(
  listing: Listing,
  wanted: ReadonlySet<string>,
  listed: ReadonlySet<string>,
  list: (path: string) => void,
): void {
  const placed = [...wanted].filter((path) => path.includes('/')).map((path) => `/${foldName(path)}`);
  const isFound = () => listing.entries.some(({ path }) => placed.some((want) => `/${foldName(path)}`.endsWith(want)));
  for (let depth = 1; depth <= SEARCHED_DEPTH && placed.length > 0 && !isFound(); depth++) {
    const folders = listing.entries.filter(({ path, kind }) => kind === 'folder' && !listed.has(path));
    for (const { path } of folders) if (listing.entries.length < SEARCHED_ENTRIES) list(path);
  }
}

/** Every folder that a deliverable is in, parents before children. */
function parentsOf(paths: ReadonlySet<string>): string[] {
  const parents = [...paths].flatMap((path) => {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
  });
  return [...new Set(parents)].sort((a, b) => a.length - b.length);
}

function* entriesOf(folder: string): Generator<Dirent> {
  let opened;
  try {
    opened = opendirSync(folder);
  } catch (error) {
    throw machineFaultOf(error) ?? refusal(folder, `cannot be read (${whyNotRead(error)})`);
  }
  try {
    for (let entry = opened.readSync(); entry; entry = opened.readSync()) yield entry;
  } finally {
    opened.closeSync();
  }
}

function kindOf(entry: Dirent): 'file' | 'folder' | 'link' | 'special' {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'special';
}

/**
 * Reads a regular file: not a link, not a pipe, not a hard link to someone else's file.
 *
 * @throws UngradableError if it is not one, or is larger than `maxBytes`
 */
export function readPlainFile(file: string, shown: string, maxBytes: number, linksOf?: LinksOf): Uint8Array {
  return withPlainFile(file, shown, linksOf, (descriptor, size) => {
    if (size > maxBytes) throw refusal(shown, `${size} bytes; at most ${maxBytes} are read`);
    // One byte more than expected, to notice a file that grows meanwhile.
    const bytes = new Uint8Array(size + 1);
    const length = readSync(descriptor, bytes, 0, bytes.length, 0);
    if (length > size) throw refusal(shown, 'changed while it was read');
    return bytes.slice(0, length);
  });
}

/**
 * Opens a regular file for as long as `work` takes.
 *
 * @throws UngradableError if it is not a regular file
 */
export function withPlainFile<T>(
  file: string,
  shown: string,
  linksOf: LinksOf,
  work: (descriptor: number, size: number) => T,
): T {
  const descriptor = openPlainFile(file, shown);
  const close = () => closeSync(descriptor);
  let result: T;
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw noPlainFile(shown, 'is not a regular file');
    if (stats.nlink > 1 && stats.uid !== linksOf) throw noPlainFile(shown, 'is a hard link; hand in a file of its own');
    result = work(descriptor, stats.size);
  } catch (error) {
    close();
    throw error;
  }
  if (result instanceof Promise) return result.finally(close) as T;
  close();
  return result;
}

function openPlainFile(file: string, shown: string): number {
  try {
    return openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP') throw noPlainFile(shown, 'is a symbolic link; hand in the file itself');
    throw machineFaultOf(error) ?? refusal(shown, `cannot be read (${whyNotRead(error)})`);
  }
}
