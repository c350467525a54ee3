import { isAnyArchive, withoutSuffix } from '../archiveKinds.ts';
import { groupBy } from '../../common/groupBy.ts';
import type { DownloadItem, Owner, OwnerOf } from '../Download.ts';

/** Canvas leaves nothing but word characters, in lower case, of a name; its numbers have no leading zeros. */
const NAME = String.raw`(?<name>[\p{L}\p{M}\p{N}\p{Pc}]+?)`;
const USER = String.raw`(?<late>LATE_)?(?<id>[1-9]\d*)`;
const ANONYMOUS = String.raw`(?<late>LATE_)?(?<name>anon_(?<id>[^\W_]+))`;
const FILE = String.raw`(?<attachment>[1-9]\d*)_(?<file>.+)`;
const ENTRY = String.raw`(?<entry>text|link)\.html`;

const FORMS = [
  `${ANONYMOUS}_${FILE}`,
  `${ANONYMOUS}_${ENTRY}`,
  `${NAME}_${USER}_${FILE}`,
  `${NAME}_${USER}_${ENTRY}`,
].map((form) => new RegExp(`^${form}$`, 'u'));

interface Part {
  readonly name: string;
  readonly id: string;
  readonly isLate: boolean;
  /** Undefined for a text or a link. */
  readonly attachment: number | undefined;
  readonly file: string | undefined;
  readonly entry: string | undefined;
}

/**
 * Canvas: files `<lastfirst>[_LATE]_<user>_<attachment>_<file>`, or `[LATE_]anon_<id>_<attachment>_<file>` if anonymous,
 * and `…_text.html` or `…_link.html` for what was not handed in as a file
 * (https://github.com/instructure/canvas-lms/blob/master/lib/content_zipper.rb). Dates and numbers in the names of other
 * archives look the same one by one, so all of them together decide.
 */
export function canvasOwner(items: readonly DownloadItem[]): OwnerOf | undefined {
  const parts = items.flatMap((item) => partOf(item) ?? []);
  const others = items.filter((item) => (item.kind !== 'file' || isAnyArchive(item.name)) && !partOf(item));
  if (parts.length === 0 || others.length > parts.length || !isConsistent(parts)) return undefined;
  return (item) => {
    const part = partOf(item);
    return part && ownerOf(part);
  };
}

function partOf({ kind, name: item }: DownloadItem): Part | undefined {
  if (kind !== 'file') return undefined;
  const groups = FORMS.map((form) => form.exec(item)?.groups).find((each) => each !== undefined);
  if (!groups) return undefined;
  const { name, id, late, attachment, file, entry } = groups as Record<'name' | 'id', string> & typeof groups;
  if (!name.startsWith('anon_') && name !== name.toLowerCase()) return undefined;
  return {
    ...{ name, id, file, entry, isLate: late !== undefined },
    attachment: attachment === undefined ? undefined : Number(attachment),
  };
}

function ownerOf({ name, id, isLate, attachment = 0, file, entry }: Part): Owner {
  const students = [{ name, ids: name.startsWith('anon_') ? {} : { canvas: id } }];
  const problem = entry && `no file was handed in, only a ${entry}`;
  return { id, name, students, isLate, order: attachment, file, problem, key: `${name} ${id}` };
}

/**
 * True if these can be the parts of one download: most attachments have a number of their own, a student's number belongs
 * to one name, and few of the numbers are dates or counters. Several archives of one student are several files of one hand-in; if
 * most students seem to have handed in several, their names are elsewhere.
 */
function isConsistent(parts: readonly Part[]): boolean {
  const attachments = parts.flatMap(({ attachment }) => attachment ?? []);
  const owners = [...groupBy(parts, ({ name, id }) => `${name} ${id}`).values()];
  const names = new Set(owners.map(([{ name }]) => name));
  return (
    4 * new Set(attachments).size >= 3 * attachments.length &&
    new Set(owners.map(([{ id }]) => id)).size === owners.length &&
    2 * parts.filter(isDateOrCounter).length < parts.length &&
    2 * owners.filter(hasSeveralArchives).length <= owners.length &&
    (names.size > 1 || owners.length <= 2)
  );
}

const MOST_COUNTED = 100;
/** December 31, as `2026_1231` has it. */
const LAST_DAY = 1231;
const DATE = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/u;
const isYear = (n: number): boolean => n >= 1900 && n < 2100;

function isDateOrCounter({ id, attachment, isLate, name }: Part): boolean {
  if (attachment === undefined || isLate || name.startsWith('anon_')) return false;
  if (DATE.test(id) || DATE.test(String(attachment))) return true;
  if (isYear(Number(id)) && attachment <= LAST_DAY) return true;
  return attachment < MOST_COUNTED || (isYear(attachment) && Number(id) <= 31);
}

/** Canvas numbers a file that is handed in again: `hw.zip`, `hw-1.zip`. */
function hasSeveralArchives(parts: readonly Part[]): boolean {
  const archives = parts.flatMap(({ file }) => (file !== undefined && isAnyArchive(file) ? [file] : []));
  return new Set(archives.map((file) => withoutSuffix(file).replace(/-\d+$/u, ''))).size > 1;
}
