import type { DownloadItem, OwnerOf } from '../Download.ts';

const ILIAS = /^(?<last>\p{L}[^_\d]*)_(?<first>\p{L}[^_\d]*)_(?<login>.+)_(?<id>[1-9]\d*)$/u;

/**
 * ILIAS: folders `<last>_<first>_<login>_<number>`
 * (https://github.com/ILIAS-eLearning/ILIAS/blob/trunk/components/ILIAS/Exercise/Submission/class.SubmissionManager.php).
 * Names of other folders may look the same, so all of them together decide.
 */
export function iliasOwner(items: readonly DownloadItem[]): OwnerOf | undefined {
  const folders = items.filter(({ kind }) => kind === 'folder');
  const found = folders.map(({ name }) => ILIAS.exec(name)?.groups).filter((groups) => groups !== undefined);
  const distinct = (field: string): number => new Set(found.map((groups) => groups[field])).size;
  const areAll = found.length > 0 && found.length === folders.length;
  const isClass = distinct('id') === found.length && distinct('login') === found.length;
  const hasNames = found.length === 1 ? Number(found[0]['id']) >= 100 && !isYear(found[0]['id']) : distinct('last') > 1;
  if (!areAll || !isClass || !hasNames) return undefined;
  return ({ kind, name: item }) => {
    const groups = kind === 'folder' ? ILIAS.exec(item)?.groups : undefined;
    if (!groups) return undefined;
    const { last, first, login, id } = groups;
    const name = `${first} ${last}`;
    return { id: login, name, students: [{ name, ids: { ilias: id, login } }], isLate: false, order: 0 };
  };
}

const isYear = (text: string): boolean => /^(?:19|20)\d\d$/u.test(text);
