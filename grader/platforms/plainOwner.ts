import type { DownloadItem, Owner } from './Download.ts';

const ARCHIVE = /\.(?:zip|tar|tar\.gz|tgz)$/iu;

/**
 * Any other download: a folder or an archive for each student, named after the student. Other loose files are a
 * teacher's lists.
 */
export function plainOwner({ kind, name: item }: DownloadItem): Owner | undefined {
  if (kind === 'file' && !ARCHIVE.test(item)) return undefined;
  if (item.includes('_assignsubmission_')) return undefined;
  const name = kind === 'file' ? item.replace(ARCHIVE, '') : item;
  return { id: name, name, students: [{ name, ids: {} }], isLate: false, order: 0 };
}
