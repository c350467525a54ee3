import { CsvError } from 'csv-parse/sync';

/** What the parser's codes mean to the person who made the file. */
const WORDS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a cell begins with a quotation mark and never ends; add the one that is missing',
  CSV_INVALID_CLOSING_QUOTE: 'text follows the quotation mark that ends a cell; double the quotation marks in a cell',
  INVALID_OPENING_QUOTE: 'a cell has a quotation mark in it; put the cell in quotation marks, and double those in it',
  CSV_RECORD_INCONSISTENT_COLUMNS: 'it has not as many cells as the header',
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'it has not as many cells as the header',
  CSV_MAX_RECORD_SIZE: 'a row is too long',
};

/** Why a text is not CSV, with the line; undefined if the error is another one. */
export function whyNotCsv(error: unknown): string | undefined {
  if (!(error instanceof CsvError)) return undefined;
  const line = (error as unknown as { lines?: number }).lines;
  const [first] = error.message.split('\n');
  return `${line === undefined ? '' : `line ${line}: `}${WORDS[error.code] ?? first}`;
}
