import { closeSync, constants, fstatSync, openSync, opendirSync, readSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { machineFaultOf } from '../model/errors.ts';
import { evilName, Listing } from './Listing.ts';
import { refusal } from './refusal.ts';

/**
 * Lists a folder, the one folder that is all it holds, and the folders in which deliverables belong. No other folder is
 * listed, no link is followed, and no file is opened before it is read.
 *
 * @throws UngradableError if there are too many entries
 */
export function listFolder(folder: string, shown: string, wanted: ReadonlySet<string>): Listing {
  const listing = new Listing(shown);
  const list = (path: string) => {
    for (const entry of entriesOf(join(folder, path))) {
      const name = path === '' ? entry.name : `${path}/${entry.name}`;
      // Here a backslash or a colon is an ordinary character of a name; no deliverable has one.
      if (evilName(entry.name) || entry.name.includes('\\')) continue;
      listing.add(name, kindOf(entry), async (maxBytes) => readPlainFile(join(folder, name), name, maxBytes));
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
  return listing;
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
    throw machineFaultOf(error) ?? refusal(folder, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
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
export function readPlainFile(file: string, shown: string, maxBytes: number): Uint8Array {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const symbolic = code === 'ELOOP' ? 'is a symbolic link; hand in the file itself' : undefined;
    throw machineFaultOf(error) ?? refusal(shown, symbolic ?? `cannot be read (${code ?? String(error)})`);
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw refusal(shown, 'is not a regular file');
    if (stats.nlink > 1) throw refusal(shown, 'is a hard link; hand in a file of its own');
    if (stats.size > maxBytes) throw refusal(shown, `${stats.size} bytes; at most ${maxBytes} are read`);
    // One byte more than expected, to notice a file that grows meanwhile.
    const bytes = new Uint8Array(stats.size + 1);
    const length = readSync(descriptor, bytes, 0, bytes.length, 0);
    if (length > stats.size) throw refusal(shown, 'changed while it was read');
    return bytes.slice(0, length);
  } finally {
    closeSync(descriptor);
  }
}
