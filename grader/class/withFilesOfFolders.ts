import { UngradableError } from '../model/errors.ts';
import { mayBePrairieLearnFolder, prairieLearnOwner } from '../platforms/prairielearn/download.ts';
import type { ClassItem } from './ClassItem.ts';

/**
 * The items of a class. A slash in the name of a question or a file makes folders of the files that PrairieLearn names;
 * each file is then an item, under its path.
 */
export function withFilesOfFolders(items: readonly ClassItem[]): readonly ClassItem[] {
  if (!items.some(({ kind, name }) => kind === 'folder' && mayBePrairieLearnFolder(name))) return items;
  const all = items.flatMap((item) => filesOf(item) ?? [item]);
  return prairieLearnOwner(all) ? all : items;
}

/** The files of a folder; undefined if it cannot be one of these. */
function filesOf(item: ClassItem): ClassItem[] | undefined {
  if (item.kind !== 'folder' || !mayBePrairieLearnFolder(item.name)) return undefined;
  try {
    const files = item.list().entries.filter(({ kind }) => kind === 'file');
    return files.map(({ path, file, linksOf, read }) => ({
      ...{ kind: 'file', name: `${item.name}/${path}`, read },
      ...(file === undefined || linksOf === undefined ? {} : { disk: { file, linksOf } }),
    }));
  } catch (error) {
    if (error instanceof UngradableError) return undefined;
    throw error;
  }
}
