import stringWidth from 'string-width';
import type { Num, Tensor } from '../../model/evidence.ts';
import { type Slice, slicesOf } from '../tensor/slices.ts';
import { short } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';
import { cut } from '../text/wrap.ts';
import type { TerminalStyle } from './lines.ts';

const MOST_COLUMNS = 12;
const MOST_ROWS = 8;

/** One matrix to draw: a tensor, the element around which it is cropped, and the wrong elements. */
export interface Picture {
  readonly title: string;
  readonly tensor: Tensor;
  readonly around: number;
  readonly wrong: ReadonlySet<number>;
  /** The text of elements that need more digits than others. */
  readonly textOf?: (flat: number) => string | undefined;
}

/** Draws matrices side by side if they fit, otherwise one below the other; they lose columns before they overflow. */
export function drawMatrices(style: TerminalStyle, pictures: readonly Picture[], width: number): string[] {
  for (let columns = MOST_COLUMNS; columns >= 6; columns--) {
    const row = sideBySide(pictures.map((picture) => drawMatrix(style, picture, columns)));
    if (fits(row, width)) return row;
  }
  return pictures.flatMap((picture, p) => [...(p === 0 ? [] : ['']), ...drawNarrow(style, picture, width)]);
}

function drawNarrow(style: TerminalStyle, picture: Picture, width: number): string[] {
  for (let columns = MOST_COLUMNS; columns > 1; columns--) {
    const lines = drawMatrix(style, picture, columns);
    if (fits(lines, width)) return lines;
  }
  return drawMatrix(style, picture, 1).map((line) => cut(line, width));
}

/** The matrix with its indices on two sides; wrong elements are in brackets. */
function drawMatrix(style: TerminalStyle, picture: Picture, columns: number): string[] {
  const { title, tensor, around } = picture;
  const { slices, leftOut } = slicesOf(tensor, { rows: MOST_ROWS, columns, slices: 1 }, around);
  const head = style.paint.bold(cut(printableLine(title), 24));
  const [slice] = slices;
  if (!slice) return [head, '(empty)'];
  const notes = [slice.cropped, leftOut].filter(Boolean).map((note) => style.paint.dim(printableLine(note)));
  const at = slice.title === '' ? '' : ` ${style.paint.dim(printableLine(slice.title))}`;
  return [head + at, ...grid(style, slice, picture), ...notes];
}

function grid(style: TerminalStyle, slice: Slice, { wrong, textOf }: Picture): string[] {
  const text = (value: Num, flat: number) => textOf?.(flat) ?? short(value);
  const texts = slice.cells.map((line) =>
    line.map(({ value, flat }) => (wrong.has(flat) ? `[${text(value, flat)}]` : ` ${text(value, flat)} `)),
  );
  const columnLabels = (slice.cells[0] ?? []).map((_, c) => index(slice.column?.name, slice.firstColumn, c));
  const rowLabels = slice.cells.map((_, r) => (slice.row ? index(slice.row.name, slice.firstRow, r) : ''));
  const cell = Math.max(
    ...texts.flat().map((text) => text.length),
    ...columnLabels.map((label) => stringWidth(label) + 1),
  );
  const label = Math.max(0, ...rowLabels.map((text) => stringWidth(text) + 1));
  const right = (text: string, width: number): string => ' '.repeat(Math.max(0, width - stringWidth(text))) + text;
  return [
    style.paint.dim(
      right('', label) +
        columnLabels
          .map((text) => right(`${text} `, cell))
          .join('')
          .trimEnd(),
    ),
    ...texts.map((line, r) => {
      const cells = line.map((text, c) => {
        const padded = right(text, cell);
        return wrong.has(slice.cells[r][c].flat) ? style.paint.red(style.paint.bold(padded)) : padded;
      });
      return style.paint.dim(`${right(rowLabels[r], label - 1)} `) + cells.join('').trimEnd();
    }),
  ];
}

/** The first index includes its axis: `ox=0`, then `1`, `2`. */
const index = (axis: string | undefined, first: number, step: number): string =>
  step === 0 && axis ? `${printableLine(axis)}=${first}` : String(first + step);

function sideBySide(drawings: readonly (readonly string[])[]): string[] {
  const height = Math.max(0, ...drawings.map((lines) => lines.length));
  const widths = drawings.map((lines) => Math.max(...lines.map((line) => stringWidth(line))));
  return Array.from({ length: height }, (_, y) =>
    drawings
      .map((lines, d) => (lines[y] ?? '') + ' '.repeat(widths[d] - stringWidth(lines[y] ?? '')))
      .join('    ')
      .trimEnd(),
  );
}

const fits = (lines: readonly string[], width: number): boolean => lines.every((line) => stringWidth(line) <= width);
