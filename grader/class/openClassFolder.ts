import { existsSync, lstatSync, readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { listFolder, readPlainFile } from '../intake/listFolder.ts';
import { isClutter } from '../intake/Listing.ts';
import { whyNotRead } from '../common/whyNotRead.ts';
import { UsageError } from '../model/errors.ts';
import { byName, type ClassItem, type ClassSource } from './ClassItem.ts';
import { isInnerClass, requireClass, type Tops } from './requireClass.ts';

/**
 * Opens a folder of submissions, or a folder that only holds such a folder. No symbolic link in it is followed. Hard links
 * of the folder's owner are read: tools that save space make them, and in this folder students make none.
 *
 * @throws UsageError if it cannot be read, or is a single submission
 */
export function openClassFolder(folder: string, shown: string, name: string, wanted: ReadonlySet<string>): ClassSource {
  const entries = entriesOf(folder, shown);
  requireClass(topsOf(folder, entries), wanted, shown);
  const [first] = entries;
  if (entries.length === 1 && first.isDirectory()) {
    const inner = join(folder, first.name);
    if (isInnerClass(first.name, topsOf(inner, entriesOf(inner, shown)), wanted))
      return openClassFolder(inner, shown, first.name, wanted);
  }
  return {
    name,
    items: entries.flatMap((entry) => itemOf(folder, entry, wanted, statSync(folder).uid)).sort(byName),
    close: () => {},
  };
}

const topsOf = (folder: string, entries: readonly Dirent[]): Tops => ({
  names: entries.map((entry) => entry.name),
  has: (name, path) => existsSync(join(folder, name, path)),
});

function entriesOf(folder: string, shown: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !isClutter(name));
  } catch (error) {
    throw new UsageError(`${shown}: cannot be read: ${whyNotRead(error)}`);
  }
}

function itemOf(folder: string, entry: Dirent, wanted: ReadonlySet<string>, linksOf: number): ClassItem[] {
  const { name } = entry;
  const path = join(folder, name);
  if (entry.isDirectory())
    return [
      {
        kind: 'folder',
        name,
        isRepository: existsSync(join(path, '.git')),
        names: (inside) => namesBelow(inside === undefined ? path : join(path, inside)),
        read: async (inside, maxBytes) => readPlainFile(join(path, inside), join(name, inside), maxBytes, linksOf),
        list: () => listFolder(path, name, wanted, linksOf),
      },
    ];
  if (entry.isSymbolicLink()) return [{ kind: 'link', name, leadsTo: siblingBehind(path) }];
  if (!entry.isFile()) return [];
  const read = async (maxBytes: number) => readPlainFile(path, name, maxBytes, linksOf);
  return [{ kind: 'file', name, disk: { file: path, linksOf }, read }];
}

/** What is in a folder; nothing if it is a link, or cannot be read. */
function namesBelow(folder: string): string[] {
  try {
    if (!lstatSync(folder).isDirectory()) return [];
    return readdirSync(folder)
      .filter((name) => !isClutter(name))
      .sort();
  } catch {
    return [];
  }
}

/** The entry of the same folder that a link leads to, if it leads to one. */
function siblingBehind(link: string): string | undefined {
  try {
    const target = realpathSync(link);
    return dirname(target) === realpathSync(dirname(link)) ? basename(target) : undefined;
  } catch {
    return undefined;
  }
}
