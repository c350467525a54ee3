import { stringify } from 'csv-stringify/sync';
import { printableLine } from '../text/printable.ts';

/**
 * Rows as CSV by RFC 4180, for importers and for spreadsheets: every cell is one line without control characters, and text
 * that a spreadsheet would take for a formula (`=`, `+`, `-` or `@` first) gets an apostrophe before it.
 */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? printableLine(cell) : cell)));
  return stringify(cells, { escape_formulas: true });
}
