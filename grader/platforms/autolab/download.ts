import { isAnyArchive } from '../archiveKinds.ts';
import type { DownloadItem, OwnerOf } from '../Download.ts';

const AUTOLAB = /^(?<email>[^@\s]+@[^@\s_]+\.[^@\s_]+)_(?<version>\d+)_(?<file>.+)$/u;

/** Autolab: files `<address>_<version>_<file>`. */
export function autolabOwner(items: readonly DownloadItem[]): OwnerOf | undefined {
  const files = items.filter(({ kind, name }) => kind === 'file' && (AUTOLAB.test(name) || isAnyArchive(name)));
  const found = files.filter(({ name }) => AUTOLAB.test(name));
  if (found.length === 0 || 2 * found.length < files.length) return undefined;
  return ({ kind, name }) => {
    const groups = kind === 'file' ? AUTOLAB.exec(name)?.groups : undefined;
    if (!groups) return undefined;
    const { email, version, file } = groups;
    return {
      ...{ id: email, name: email, email, students: [{ name: email, email, ids: {} }], isLate: false, file, order: 0 },
      ...{ key: email, attempt: Number(version) },
    };
  };
}
