/** A CSV file as spreadsheets save it, for `csv-parse`. */
export interface Sheet {
  readonly text: string;
  readonly options: { readonly bom: true; readonly delimiter: string; readonly from_line: number };
}

/** The first line if it names the delimiter, as Excel reads it. */
const DELIMITER_LINE = /^\uFEFF?sep=(?<delimiter>.)\r?(?:\n|$)/iu;

/**
 * The text of a CSV file, in UTF-8 or in what Excel saves: UTF-16 with a mark, or Windows-1252. The delimiter is the one
 * that its first line names, or that is in the header most often.
 */
export function sheetOf(bytes: Uint8Array): Sheet {
  const text = textOf(bytes);
  const named = DELIMITER_LINE.exec(text)?.groups?.['delimiter'];
  return {
    text,
    options: { bom: true, delimiter: named ?? delimiterOf(text), from_line: named === undefined ? 1 : 2 },
  };
}

function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** What separates the names of the columns; what is quoted separates nothing. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/u)).replaceAll(/"[^"]*"/gu, '');
  const count = (delimiter: string) => header.split(delimiter).length;
  return [',', ';', '\t', '|'].reduce((best, next) => (count(next) > count(best) ? next : best));
}
