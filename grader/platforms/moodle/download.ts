import type { DownloadItem, OwnerOf } from '../Download.ts';

const MOODLE = /^(?<name>.+)_(?<id>\d+)_assignsubmission_(?<plugin>[a-z]+)(?:_(?<file>.*))?$/u;
/** Of students in no group, in the language of the site. */
const NO_GROUP = /^(?<name>[^_]+)_assignsubmission_(?<plugin>[a-z]+)(?:_(?<file>.*))?$/u;

/** True for the name of a folder or a file of Moodle's download. */
export const isMoodleItem = (name: string): boolean => MOODLE.test(name) || NO_GROUP.test(name);

/**
 * Moodle: `<full name>_<participant>_assignsubmission_file_[<file>]`, a folder or, without folders, each file; a text is
 * in `…_assignsubmission_onlinetext_`. The name of a participant of a blind marking is the word "Participant". If groups
 * hand in, older versions write `<group>-<full name>` for each member, newer ones `<group>_<number of the group>`
 * (https://github.com/moodle/moodle/blob/main/public/mod/assign/classes/downloader.php).
 */
export function moodleOwner(items: readonly DownloadItem[]): OwnerOf {
  const names = items.flatMap(({ name }) => MOODLE.exec(name)?.groups?.['name'] ?? []);
  const areGroups =
    items.some(({ name }) => partsOf(name)?.id === undefined && NO_GROUP.test(name)) || areNumbered(names);
  const prefix = prefixOf(names);
  return ({ kind, name: item }) => {
    const parts = partsOf(item);
    if (!parts) return undefined;
    const { id, plugin, file } = parts;
    const full = parts.name.replace(prefix, '');
    const name = full === 'Participant' && id !== undefined ? `Participant ${id}` : full;
    const ids = areGroups || id === undefined ? {} : { moodle: id };
    return {
      ...{ id: id ?? name, name, students: [{ name, ids }], isLate: false, order: 0 },
      ...{ key: `${parts.name} ${id ?? ''}`, file: file || undefined, problem: problemOf(kind, item, plugin) },
    };
  };
}

interface Parts {
  readonly name: string;
  readonly id: string | undefined;
  readonly plugin: string;
  readonly file: string | undefined;
}

function partsOf(item: string): Parts | undefined {
  const { name, id, plugin, file } = (MOODLE.exec(item) ?? NO_GROUP.exec(item))?.groups ?? {};
  return name === undefined || plugin === undefined ? undefined : { name, id, plugin, file };
}

function problemOf(kind: DownloadItem['kind'], item: string, plugin: string): string | undefined {
  if (kind === 'link') return `${item}: is a symbolic link; put the folder itself there`;
  if (plugin === 'file') return undefined;
  return `no file was handed in, only ${plugin === 'onlinetext' ? 'a text' : plugin}`;
}

const FEW = 4;

/** `Group 1` or `Team A`: the numbers of groups are no participants. A few students may have one first name. */
function areNumbered(names: readonly string[]): boolean {
  const distinct = new Set(names).size;
  const last = distinct < FEW ? String.raw`\d+` : String.raw`(?:\d+|\p{Lu})`;
  const group = new RegExp(String.raw`^(?<word>\p{L}[\p{L}\p{M}]*)[ -]${last}$`, 'u');
  const words = names.map((name) => group.exec(name)?.groups?.['word']);
  return (
    names.length > 0 && words.every((word) => word !== undefined && word === words[0]) && words[0] !== 'Participant'
  );
}

const NONE = /^(?!)/u;

/**
 * The name of the group before a member's name, if all names have one. First names have hyphens, too: names of groups have
 * digits, or several students have one, or there are many of them.
 */
function prefixOf(names: readonly string[]): RegExp {
  const distinct = [...new Set(names)];
  const groups = new Set(distinct.map((name) => name.split('-')[0]));
  const haveAll = distinct.length > 1 && distinct.every((name) => /^[^-]+-[^-]/u.test(name));
  const have = (pattern: RegExp) => [...groups].every((group) => pattern.test(group));
  const isShared = groups.size < distinct.length && (have(/\s/u) || distinct.length >= FEW);
  return haveAll && (have(/\d/u) || isShared) ? /^[^-]+-/u : NONE;
}
