import { foldedText } from '../../common/foldedText.ts';
import { sheetRows } from '../../host/files/sheetRows.ts';
import { UsageError } from '../../model/errors.ts';

/** What a student asks; the criterion is empty if it is about the whole work. */
export interface RequestRow {
  readonly student: string;
  readonly criterion: string;
  readonly text: string;
}

/** More is no request; it would make pages slow. */
export const MOST_CHARACTERS = 10_000;

const COLUMNS = ['student', 'criterion', 'text'] as const;

/**
 * Reads a file of requests, as a form or a spreadsheet saves it.
 *
 * @returns each request with its place, as `requests.csv:2`
 * @throws UsageError with the place, if it is not a table with the columns `student` and `text`, or has no request
 */
export function readRequestRows(bytes: Uint8Array, name: string): { row: RequestRow; place: string }[] {
  const [header, ...records] = sheetRows(name, () => bytes, { relax_column_count_less: true });
  const columns = (header?.record ?? []).map(foldedText);
  if (!columns.includes('student') || !columns.includes('text'))
    throw new UsageError(`${name}:1: needs the columns student and text; it has ${columns.join(', ') || 'none'}`);
  const twice = COLUMNS.find((column) => columns.indexOf(column) !== columns.lastIndexOf(column));
  if (twice !== undefined) throw new UsageError(`${name}:1: has two columns ${twice}`);
  if (records.length === 0) throw new UsageError(`${name}: has no request below its header`);
  return records.map(({ record, info }) => {
    const cell = (column: string) => (record[columns.indexOf(column)] ?? '').trim();
    const row = { student: cell('student'), criterion: cell('criterion'), text: cell('text') };
    const place = `${name}:${info.lines}`;
    requireRequest(row, place);
    return { row, place };
  });
}

function requireRequest({ student, text }: RequestRow, place: string): void {
  if (student === '') throw new UsageError(`${place}: names no student`);
  if (text === '') throw new UsageError(`${place}: asks nothing`);
  if (text.length > MOST_CHARACTERS)
    throw new UsageError(`${place}: the text has more than ${MOST_CHARACTERS} characters; shorten it`);
}
