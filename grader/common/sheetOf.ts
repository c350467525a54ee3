import { decodedText } from './decodedText.ts';

/** A CSV file as spreadsheets save it, for `csv-parse`. */
export interface Sheet {
  readonly text: string;
  readonly options: { readonly bom: true; readonly delimiter: string; readonly from_line: number };
}

/** The first line if it names the delimiter, as Excel reads it. */
const DELIMITER_LINE = /^\uFEFF?sep=(?<delimiter>.)\r?(?:\n|$)/iu;

/**
 * The text of a CSV file, as `decodedText` reads it. The delimiter is the one
 * that its first line names, or that is in the header most often.
 */
export function sheetOf(bytes: Uint8Array): Sheet {
  const text = decodedText(bytes);
  const named = DELIMITER_LINE.exec(text)?.groups?.['delimiter'];
  return {
    text,
    options: { bom: true, delimiter: named ?? delimiterOf(text), from_line: named === undefined ? 1 : 2 },
  };
}

/** What separates the names of the columns; what is quoted separates nothing. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/u)).replaceAll(/"[^"]*"/gu, '');
  const count = (delimiter: string) => header.split(delimiter).length;
  return [',', ';', '\t', '|'].reduce((best, next) => (count(next) > count(best) ? next : best));
}
