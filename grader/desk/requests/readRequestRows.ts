import * as z from 'zod';
import { UsageError } from '../../model/errors.ts';
import { sheetRows } from '../../host/files/sheetRows.ts';

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
  const columns = (header: string[]) => header.map((column) => column.trim().toLowerCase());
  const records = sheetRows<unknown>(name, () => bytes, { columns, relax_column_count_less: true });
  return records.map(({ record, info }) => {
    const row = RequestRow.safeParse(record);
    if (row.success) return row.data;
    const [{ path, message }] = row.error.issues;
    throw new UsageError(`${name}:${info.lines}: ${path.join('.')}: ${message}`);
  });
}
