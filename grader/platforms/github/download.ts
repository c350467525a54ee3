import type { DownloadItem, OwnerOf } from '../Download.ts';

/**
 * GitHub Classroom: clones `<assignment>-<user>`, in a folder `<assignment>-submissions` unless that was renamed.
 *
 * @param folder - the name of the downloaded folder or archive
 * @param known - words that are expected in the assignment's name
 */
export function gitHubClassroomOwner(
  folder: string,
  items: readonly DownloadItem[],
  known: readonly string[] = [],
): OwnerOf | undefined {
  const clones = items.filter((item) => item.kind === 'folder' && item.isRepository).map(({ name }) => name);
  const named = /^(?<assignment>.+)-submissions$/u.exec(folder)?.groups?.['assignment'];
  const isNamed = named !== undefined && items.some(({ name }) => name.startsWith(`${named}-`));
  const prefix = isNamed ? `${named}-` : clones.length > 1 ? assignmentIn(clones, known) : '';
  if (prefix === '') return undefined;
  return ({ kind, name }) => {
    if (kind !== 'folder' || !name.startsWith(prefix) || name === prefix) return undefined;
    const user = name.slice(prefix.length);
    return { id: user, name: user, students: [{ name: user, ids: { github: user } }], isLate: false, order: 0 };
  };
}

/** In a class of more, not all users begin with the same word. */
const FEW = 4;

/**
 * `hw-1-` of `hw-1-ada` and `hw-1-alan`; empty if they have no common beginning. A few users may share a first name: of
 * `conv-anna-k` and `conv-anna-m` the assignment is `conv-`, unless `anna` is a known word or has a digit.
 */
function assignmentIn(names: readonly string[], known: readonly string[]): string {
  const words = commonWords(names);
  if (names.length >= FEW) return words.join('');
  const isAssignments = (word: string) => /\d/u.test(word) || known.includes(word.slice(0, -1).toLowerCase());
  const users = words.findIndex((word, at) => at > 0 && !isAssignments(word));
  return (users < 0 ? words : words.slice(0, users)).join('');
}

/** `hw-`, `1-`: the words, each with its dash, with which all names begin. */
function commonWords(names: readonly string[]): string[] {
  const [first, ...others] = names.map((name) => name.split(/(?<=-)/u));
  const end = first.findIndex((word, at) => !word.endsWith('-') || others.some((other) => other[at] !== word));
  return first.slice(0, end < 0 ? first.length : end);
}
