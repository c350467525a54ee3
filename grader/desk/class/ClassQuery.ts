import * as z from 'zod';
import { foldedText } from '../../common/foldedText.ts';
import { compareTexts } from '../../common/compareTexts.ts';
import { pendingPoints } from '../../report/text/totals.ts';
import { type ListPart, partOfList } from '../frame/pageLinks.ts';
import type { ClassEntry } from './classView.ts';

/** What of a class is wanted, and in which order. Unknown values mean all of it, by name. */
export const ClassQuery = z.object({
  words: z.string().catch(''),
  group: z.string().catch(''),
  section: z.string().catch(''),
  sort: z.string().catch(''),
  page: z.coerce.number().int().positive().catch(1),
});
export type ClassQuery = z.infer<typeof ClassQuery>;

/** What rows can be sorted by: the number or text of a row, undefined if it has none. */
const SORTS: Readonly<Record<string, (entry: ClassEntry) => number | string | undefined>> = {
  name: ({ row }) => row.name,
  section: ({ section }) => section || undefined,
  points: ({ row }) => row.totals?.earned,
  pending: ({ row }) => row.totals && pendingPoints(row.totals),
  attempts: ({ attempts }) => attempts,
};

const PAGE = 100;

/** The part of a class that is shown on one page. */
export interface ClassPart extends ListPart<ClassEntry> {
  /** How many fit the words and the group. */
  readonly found: number;
}

/** The rows that a query asks for. */
export function partOf(entries: readonly ClassEntry[], query: ClassQuery): ClassPart {
  const words = foldedText(query.words).split(' ').filter(Boolean);
  const found = entries.filter(
    (entry) =>
      (query.group === '' || entry.groups.has(query.group)) &&
      (query.section === '' || entry.section === query.section) &&
      words.every((word) => textOf(entry).includes(word)),
  );
  return { ...partOfList(sorted(found, query.sort), PAGE, query.page), found: found.length };
}

const textOf = ({ row, section }: ClassEntry): string =>
  foldedText(
    [
      row.name,
      section,
      row.message,
      ...row.students.flatMap(({ email = '', ids }) => [email, ...Object.values(ids)]),
    ].join(' '),
  );

/** `-points` is the most first. Rows without a value come last in both orders. */
function sorted(entries: readonly ClassEntry[], sort: string): readonly ClassEntry[] {
  const name = sort.replace(/^-/u, '');
  if (!Object.hasOwn(SORTS, name)) return entries;
  const sign = sort.startsWith('-') ? -1 : 1;
  const keyed = entries.map((entry) => ({ entry, key: SORTS[name](entry) }));
  return keyed
    .sort(({ key: a }, { key: b }) => {
      if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
      return sign * (typeof a === 'number' ? a - Number(b) : compareTexts(a, String(b)));
    })
    .map(({ entry }) => entry);
}
