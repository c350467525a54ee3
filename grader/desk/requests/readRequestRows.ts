import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { sheetOf } from '../../common/sheetOf.ts';
import { whyNotCsv } from '../../common/whyNotCsv.ts';
import { UsageError } from '../../model/errors.ts';

const RequestRow = z.object({
  student: z.string().trim().min(1, 'names no student'),
  criterion: z.string().trim().default(''),
  text: z.string().trim().min(1, 'says nothing'),
});
export type RequestRow = z.infer<typeof RequestRow>;

/**
 * Reads a file of requests, as a form or a spreadsheet saves it.
 *
 * @throws UsageError with the line, if it is not a table with the columns `student` and `text`
 */
export function readRequestRows(bytes: Uint8Array, name: string): RequestRow[] {
  const records = recordsIn(bytes, name);
  return records.map(({ record, info }) => {
    const row = RequestRow.safeParse(record);
    if (row.success) return row.data;
    const [{ path, message }] = row.error.issues;
    throw new UsageError(`${name}:${info.lines}: ${path.join('.')}: ${message}`);
  });
}

interface Line {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

function recordsIn(bytes: Uint8Array, name: string): Line[] {
  try {
    const { text, options } = sheetOf(bytes);
    const columns = (header: string[]) => header.map((column) => column.trim().toLowerCase());
    const read = { columns, info: true, skip_empty_lines: true, relax_column_count_less: true };
    return parse(text, { ...options, ...read }) as unknown as Line[];
  } catch (error) {
    throw new UsageError(`${name}: cannot be read: ${whyNotCsv(error) ?? (error as Error).message}`);
  }
}
