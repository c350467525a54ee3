import { stringify } from 'csv-stringify/sync';
import { shortened } from '../student/outcomeText.ts';
import { printableLine } from './printable.ts';

/** No file name is longer, so no name of a submission is. */
const MAX_CELL = 1000;

/**
 * Rows as CSV (RFC 4180, but lines end with LF alone), for importers and for spreadsheets: every cell is one line without
 * control characters, and text that a spreadsheet would take for a formula (starting with `=`, `+`, `-` or `@`) is prefixed with an apostrophe.
 */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? shortened(printableLine(cell), MAX_CELL) : cell)),
  );
  return stringify(cells, { escape_formulas: true });
}

/** As `csv`, with a byte order mark: without one Excel reads `José` as `JosÃ©`. */
export const csvForExcel = (rows: Parameters<typeof csv>[0]): string => `\ufeff${csv(rows)}`;
