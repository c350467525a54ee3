import stringWidth from 'string-width';
import type { Tensor } from '../../model/evidence.ts';
import { type Slice, slicesOf } from '../tensor/slices.ts';
import { short } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';
import { cut } from '../text/wrap.ts';
import type { TerminalStyle } from './lines.ts';

const MOST_COLUMNS = 12;
const MOST_ROWS = 8;

/** One matrix to draw: a tensor, the element that it is cropped around and those that are wrong. */
export interface Picture {
  readonly title: string;
  readonly tensor: Tensor;
  readonly around: number;
  readonly wrong: ReadonlySet<number>;
}

/** Draws pictures side by side where they fit, else one below the other; they lose columns before they overflow. */
export function drawMatrices(paper: TerminalStyle, pictures: readonly Picture[], width: number): string[] {
  for (let columns = MOST_COLUMNS; columns >= 6; columns--) {
    const row = beside(pictures.map((picture) => drawMatrix(paper, picture, columns)));
    if (fits(row, width)) return row;
  }
  return pictures.flatMap((picture, p) => [...(p === 0 ? [] : ['']), ...drawNarrow(paper, picture, width)]);
}

function drawNarrow(paper: TerminalStyle, picture: Picture, width: number): string[] {
  for (let columns = MOST_COLUMNS; columns > 1; columns--) {
    const lines = drawMatrix(paper, picture, columns);
    if (fits(lines, width)) return lines;
  }
  return drawMatrix(paper, picture, 1).map((line) => cut(line, width));
}

/** The matrix with its indices on two sides; wrong elements stand in brackets. */
function drawMatrix(paper: TerminalStyle, { title, tensor, around, wrong }: Picture, columns: number): string[] {
  const { slices, leftOut } = slicesOf(tensor, { rows: MOST_ROWS, columns, slices: 1 }, around);
  const head = paper.paint.bold(cut(printableLine(title), 24));
  const [slice] = slices;
  if (!slice) return [head, '(empty)'];
  const notes = [slice.cropped, leftOut].filter(Boolean).map((note) => paper.paint.dim(printableLine(note)));
  const at = slice.title === '' ? '' : ` ${paper.paint.dim(printableLine(slice.title))}`;
  return [head + at, ...grid(paper, slice, wrong), ...notes];
}

function grid(paper: TerminalStyle, slice: Slice, wrong: ReadonlySet<number>): string[] {
  const texts = slice.cells.map((line) =>
    line.map(({ value, flat }) => (wrong.has(flat) ? `[${short(value)}]` : ` ${short(value)} `)),
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
    paper.paint.dim(
      right('', label) +
        columnLabels
          .map((text) => right(`${text} `, cell))
          .join('')
          .trimEnd(),
    ),
    ...texts.map((line, r) => {
      const cells = line.map((text, c) => {
        const padded = right(text, cell);
        return wrong.has(slice.cells[r][c].flat) ? paper.paint.red(paper.paint.bold(padded)) : padded;
      });
      return paper.paint.dim(`${right(rowLabels[r], label - 1)} `) + cells.join('').trimEnd();
    }),
  ];
}

/** The first index carries its axis: `ox=0`, then `1`, `2`. */
const index = (axis: string | undefined, first: number, step: number): string =>
  step === 0 && axis ? `${printableLine(axis)}=${first}` : String(first + step);

function beside(drawings: readonly (readonly string[])[]): string[] {
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
