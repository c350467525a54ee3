import { FormatError } from '../FormatError.ts';
import { printable } from '../printable.ts';
import { CURVE_NAMES, type CurveName, type Curves } from './Curves.ts';

/** Limits of a file of curves; a training has some ten epochs, and a library some ten columns. */
const MOST_CHARACTERS = 256 * 1024;
const MOST_EPOCHS = 1000;
const MOST_COLUMNS = 64;

const EXAMPLE = 'epoch,train_loss,validation_loss';
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** What libraries write if there is no number. */
const NO_NUMBER = /^([+-]?(nan|inf|infinity)|none|null)?$/i;

/**
 * Reads curves from CSV: a line of names, then a line for each epoch. Columns with other names are left out. The names
 * that Keras gives its columns are read as well, and cells may be separated by commas, semicolons or tabs.
 *
 * @throws FormatError with the line, if this is no such table
 *
 * @example
 * ```ts
 * decodeCurves('epoch,train_loss\n1,1.6\n2,1.2\n'); // { epochs: [1, 2], values: { train_loss: [1.6, 1.2] } }
 * ```
 */
export function decodeCurves(text: string): Curves {
  if (text.length > MOST_CHARACTERS)
    throw new FormatError(`${text.length} characters; curves have at most ${MOST_CHARACTERS}`);
  const lines = linesOf(text);
  const separator = separatorOf(lines[0]);
  const columns = columnsOf(cellsOf(lines[0], separator));
  const rows = lines.slice(1).map((line, i) => {
    const cells = cellsOf(line, separator);
    if (cells.length !== columns.length)
      throw new FormatError(`line ${i + 2} has ${cells.length} values for ${columns.length} columns`);
    return cells;
  });
  const numbersOf = (column: string) =>
    rows.map((cells, i) => numberIn(cells[columns.indexOf(column)], `line ${i + 2}: ${column}`));
  const epochs = numbersOf('epoch');
  const wrong = epochs.findIndex((epoch) => !Number.isSafeInteger(epoch) || epoch < 0);
  if (wrong >= 0) throw new FormatError(`line ${wrong + 2}: epoch must be a whole number such as 1`);
  const named = CURVE_NAMES.filter((name) => columns.includes(name));
  return { epochs, values: Object.fromEntries(named.map((name) => [name, numbersOf(name)])) };
}

/** The lines without the empty ones at the end. */
function linesOf(text: string): string[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split(/\r\n|\n|\r/, MOST_EPOCHS + 2);
  if (lines[0] === '') throw new FormatError(`no line of names, such as ${EXAMPLE}`);
  if (lines.length === 1) throw new FormatError('no line below the names of the columns');
  if (lines.length > MOST_EPOCHS + 1) throw new FormatError(`more than ${MOST_EPOCHS} epochs`);
  return lines;
}

const separatorOf = (line: string): string => [';', '\t'].find((separator) => line.includes(separator)) ?? ',';

const cellsOf = (line: string, separator: string): string[] =>
  line.split(separator, MOST_COLUMNS + 1).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));

function columnsOf(names: readonly string[]): string[] {
  if (names.length > MOST_COLUMNS) throw new FormatError(`more than ${MOST_COLUMNS} columns`);
  const columns = names.map(columnOf);
  const known = columns.filter((column) => column === 'epoch' || CURVE_NAMES.includes(column as CurveName));
  const twice = known.find((column, i) => known.indexOf(column) < i);
  if (twice) throw new FormatError(`line 1 names the column ${twice} twice`);
  if (!columns.includes('epoch'))
    throw new FormatError(`line 1 names no column epoch, but ${printable(names.join(', '))}; write ${EXAMPLE}`);
  return columns;
}

/** `val_acc`, `Validation accuracy` and `validation_accuracy` are the same. */
function columnOf(name: string): string {
  const words = name.toLowerCase().replace(/[\s-]+/g, '_');
  if (words === 'loss' || words === 'accuracy' || words === 'acc') return columnOf(`train_${words}`);
  return words
    .replace(/^val_/, 'validation_')
    .replace(/^training_/, 'train_')
    .replace(/_acc$/, '_accuracy');
}

function numberIn(cell: string, place: string): number {
  if (NUMBER.test(cell)) return Number(cell);
  if (NO_NUMBER.test(cell)) return NaN;
  const advice = /^[+-]?\d+,\d+$/.test(cell) ? 'write decimals with a point, as in 0.5' : 'must be a number';
  throw new FormatError(`${place} is "${printable(cell, 30)}"; ${advice}`);
}
