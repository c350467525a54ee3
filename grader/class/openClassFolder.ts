import { existsSync, readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { listFolder, readPlainFile } from '../intake/listFolder.ts';
import { isClutter } from '../intake/Listing.ts';
import { UsageError } from '../model/errors.ts';
import { byName, type ClassItem, type ClassSource } from './ClassItem.ts';
import { isInnerClass, requireClass } from './requireClass.ts';

/**
 * Opens a folder of submissions, or a folder that only holds such a folder. Links are ignored.
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
    if (isInnerClass(names, wanted)) return openClassFolder(inner, shown, first.name, wanted);
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
  if (!entry.isFile()) return [];
  return [{ kind: 'file', name, read: async (maxBytes) => readPlainFile(path, name, maxBytes) }];
}
