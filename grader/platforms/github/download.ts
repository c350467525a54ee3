import type { DownloadItem, OwnerOf } from '../Download.ts';

/** GitHub Classroom: clones `<assignment>-<user>`, in a folder `<assignment>-submissions`. */
export function gitHubClassroomOwner(folder: string, items: readonly DownloadItem[]): OwnerOf | undefined {
  const clones = items.filter((item) => item.kind === 'folder' && item.isRepository).map(({ name }) => name);
  const named = /^(?<assignment>.+)-submissions$/u.exec(folder)?.groups?.['assignment'];
  const prefix = named !== undefined ? `${named}-` : clones.length > 1 ? commonPrefix(clones) : '';
  if (prefix === '') return undefined;
  return ({ kind, name }) => {
    if (kind !== 'folder' || !name.startsWith(prefix)) return undefined;
    const user = name.slice(prefix.length);
    return { id: user, name: user, students: [{ name: user, ids: { github: user } }], isLate: false, order: 0 };
  };
}

/** `hw1-` of `hw1-ada` and `hw1-alan`; empty if they have no common beginning. */
function commonPrefix(names: readonly string[]): string {
  const [first, ...others] = names;
  let length = first.length;
  while (length > 0 && !others.every((other) => other.startsWith(first.slice(0, length)))) length--;
  return first.slice(0, first.slice(0, length).lastIndexOf('-') + 1);
}
