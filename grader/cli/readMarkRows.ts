import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { UsageError } from '../model/errors.ts';
import { sheetRows } from '../host/files/sheetRows.ts';

/** The columns of a file of marks. */
export const MARK_COLUMNS = ['key', 'student', 'kind', 'criterion', 'at', 'of', 'points', 'note'] as const;

/** A row as it is read; columns that a person removed are empty. */
const MarkRow = z.object({
  key: z.string().default(''),
  student: z.string().default(''),
  kind: z.enum(['', 'points', 'deduction', 'comment']).default('points'),
  criterion: z.string().default(''),
  at: z.string().default(''),
  points: z.string().default(''),
  note: z.string().default(''),
});
export type MarkRow = z.infer<typeof MarkRow>;

/**
 * Reads a file of marks, with commas, semicolons or tabs between its cells.
 *
 * @throws UsageError in one line, if it cannot be read or its columns say neither whose nor which marks they are
 */
export function readMarkRows(path: string): { row: MarkRow; line: number }[] {
  const [header, ...records] = sheetRows(path, () => readFileSync(path), { relax_column_count_less: true });
  const columns = (header?.record ?? []).map((name) => name.trim().toLowerCase());
  const has = (...names: string[]) => names.some((name) => columns.includes(name));
  if (!has('key', 'student') || !has('points', 'kind') || !has('note'))
    throw new UsageError(
      `${path}:1: needs the columns key or student, points and note; it has ${columns.join(', ') || 'none'}; --template writes a file to fill in`,
    );
  const twice = MARK_COLUMNS.find((name) => columns.indexOf(name) !== columns.lastIndexOf(name));
  if (twice !== undefined) throw new UsageError(`${path}:1: has two columns ${twice}`);
  return records.map(({ record, info }) => {
    const cells = Object.fromEntries(columns.map((name, at) => [name, record[at] ?? '']));
    const row = MarkRow.safeParse({ ...cells, ...(has('kind') && { kind: cells['kind'].trim().toLowerCase() }) });
    if (row.success) return { row: row.data, line: info.lines };
    throw new UsageError(`${path}:${info.lines}: kind "${cells['kind']}": must be points, deduction or comment`);
  });
}
