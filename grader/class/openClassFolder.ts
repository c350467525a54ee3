import { existsSync, readdirSync, realpathSync, type Dirent } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { listFolder, readPlainFile } from '../intake/listFolder.ts';
import { isClutter } from '../intake/Listing.ts';
import { UsageError } from '../model/errors.ts';
import { byName, type ClassItem, type ClassSource } from './ClassItem.ts';
import { isInnerClass, requireClass } from './requireClass.ts';

/**
 * Opens a folder of submissions, or a folder that only holds such a folder. No link in it is followed.
 *
 * @throws UsageError if it cannot be read, or is a single submission
 */
export function openClassFolder(folder: string, shown: string, name: string, wanted: ReadonlySet<string>): ClassSource {
  const entries = entriesOf(folder, shown);
  requireClass(
    entries.map((entry) => entry.name),
    wanted,
    shown,
  );
  const [first] = entries;
  if (entries.length === 1 && first.isDirectory()) {
    const inner = join(folder, first.name);
    const names = entriesOf(inner, shown).map((entry) => entry.name);
    if (isInnerClass(first.name, names, wanted)) return openClassFolder(inner, shown, first.name, wanted);
  }
  return { name, items: entries.flatMap((entry) => itemOf(folder, entry, wanted)).sort(byName), close: () => {} };
}

function entriesOf(folder: string, shown: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !isClutter(name));
  } catch (error) {
    throw new UsageError(`${shown}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function itemOf(folder: string, entry: Dirent, wanted: ReadonlySet<string>): ClassItem[] {
  const { name } = entry;
  const path = join(folder, name);
  if (entry.isDirectory())
    return [
      {
        kind: 'folder',
        name,
        isRepository: existsSync(join(path, '.git')),
        list: () => listFolder(path, name, wanted),
      },
    ];
  if (entry.isSymbolicLink()) return [{ kind: 'link', name, leadsTo: siblingBehind(path) }];
  if (!entry.isFile()) return [];
  return [{ kind: 'file', name, read: async (maxBytes) => readPlainFile(path, name, maxBytes) }];
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
