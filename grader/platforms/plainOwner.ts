import { isAnyArchive, unreadableArchive, whyUnreadable, withoutSuffix } from './archiveKinds.ts';
import type { DownloadItem, Owner } from './Download.ts';

/**
 * Any other download: a folder or an archive for each student, named after the student. Other loose files are a
 * teacher's lists.
 */
export function plainOwner({ kind, name: item }: DownloadItem): Owner | undefined {
  if (kind === 'file' && !isAnyArchive(item)) return undefined;
  const name = (kind === 'file' && withoutSuffix(item)) || item;
  const owner = { id: name, name, students: [{ name, ids: {} }], isLate: false, order: 0 };
  if (kind === 'link')
    return { ...owner, problem: `${item}: is a symbolic link; put the folder or the archive itself there` };
  return unreadableArchive(item) !== undefined && kind === 'file' ? { ...owner, problem: whyUnreadable(item) } : owner;
}
