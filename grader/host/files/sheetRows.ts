import { type Options, parse } from 'csv-parse/sync';
import { sheetOf } from '../../common/sheetOf.ts';
import { whyNotCsv } from '../../common/whyNotCsv.ts';
import { whyNotRead } from '../../common/whyNotRead.ts';
import { UsageError } from '../../model/errors.ts';

/** A row of a CSV file, and the line in which it ends. */
export interface SheetRow<R> {
  readonly record: R;
  readonly info: { readonly lines: number };
}

/**
 * The rows of a CSV file, as spreadsheets save it; empty lines are left out.
 *
 * @param name - what the file is called in messages
 * @param read - reads its bytes
 * @param options - how exactly it must be a table; with `columns`, records are objects
 * @throws UsageError with the line if it cannot be read
 *
 * @example
 *   sheetRows('marks.csv', () => readFileSync('marks.csv'), { trim: true }); // [{ record: ['key', 'points'], info: … }, …]
 */
export function sheetRows<R = string[]>(name: string, read: () => Uint8Array, options: Options): SheetRow<R>[] {
  try {
    const { text, options: form } = sheetOf(read());
    return parse(text, { ...form, ...options, info: true, skip_empty_lines: true }) as unknown as SheetRow<R>[];
  } catch (error) {
    throw new UsageError(`${name}: cannot be read: ${whyNotCsv(error) ?? whyNotRead(error)}`);
  }
}
