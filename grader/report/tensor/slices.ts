import type { Num, Tensor } from '../../model/evidence.ts';
import type { Origin } from './padded.ts';
import { type Axis, type Plane, planeOf } from './plane.ts';

/** How much of a tensor is drawn. */
export interface Window {
  readonly rows: number;
  readonly columns: number;
  readonly slices: number;
  /** Whether a small tensor of six axes is drawn as one matrix. */
  readonly asMatrix?: boolean;
}

interface Cell {
  readonly value: Num;
  readonly flat: number;
}

/** One matrix of a tensor, cropped. */
export interface Slice {
  /** `b=1 ic=0`; empty if the tensor is one matrix. */
  readonly title: string;
  readonly row: Axis | undefined;
  readonly column: Axis | undefined;
  readonly firstRow: number;
  readonly firstColumn: number;
  /** The indices of each row and column, if there are several. */
  readonly labels?: { readonly rows: readonly string[]; readonly columns: readonly string[] };
  readonly cells: readonly (readonly Cell[])[];
  /** What was left out of this matrix, as text; empty if nothing was. */
  readonly cropped: string;
}

export interface Slices {
  readonly slices: readonly Slice[];
  /** `2 of 12 slices`, or empty if all are present. */
  readonly leftOut: string;
}

/**
 * Cuts a tensor into matrices, each no larger than the window; the window is kept around the element `around`.
 *
 * @param origin - where the axes of rows and columns begin
 */
export function slicesOf(tensor: Tensor, window: Window, around = 0, origin: Origin = {}): Slices {
  const matrix = window.asMatrix ? matrixOf(tensor) : undefined;
  if (matrix) return { slices: [matrix], leftOut: '' };
  const plane = planeOf(tensor);
  const total = plane.leading.reduce((product, axis) => product * axis.size, 1);
  const centre = plane.leading.reduce(
    (number, axis) => number * axis.size + indexAlong(axis.stride, axis.size, around),
    0,
  );
  const [begin, end] = range(centre, window.slices, total);
  const slices: Slice[] = [];
  for (let number = begin; number < end; number++) slices.push(slice(tensor, plane, number, window, around, origin));
  return { slices, leftOut: end - begin < total ? `${end - begin} of ${total} slices shown` : '' };
}

/** More numbers than these are too many for one matrix. */
const MOST_IN_MATRIX = 60;

/**
 * The matrix of Im2Mat as what it is: a row for each output pixel (b, oy, ox), a column for each element of the patch (fy,
 * fx, ic). Undefined if the tensor is another one, or large.
 */
function matrixOf({ axes, values }: Tensor): Slice | undefined {
  if (axes.length !== 6 || values.length > MOST_IN_MATRIX) return undefined;
  const [row, column] = [axes.slice(0, 3), axes.slice(3)];
  const labels = { rows: labelsOf(row), columns: labelsOf(column) };
  const width = labels.columns.length;
  const cells = labels.rows.map((_, r) =>
    labels.columns.map((__, c) => ({ value: values[r * width + c] ?? 'NaN', flat: r * width + c })),
  );
  const joined = (some: readonly Axis[], size: number): Axis => ({
    name: some.map(({ name }) => name).join(' '),
    size,
  });
  return {
    title: '',
    row: joined(row, labels.rows.length),
    column: joined(column, width),
    firstRow: 0,
    firstColumn: 0,
    labels,
    cells,
    cropped: '',
  };
}

/** `0 0 0`, `0 0 1`, … */
const labelsOf = (axes: readonly Axis[]): string[] =>
  axes.reduce<string[]>(
    (labels, { size }) => labels.flatMap((label) => Array.from({ length: size }, (_, i) => `${label} ${i}`.trim())),
    [''],
  );

function slice(tensor: Tensor, plane: Plane, number: number, window: Window, around: number, origin: Origin): Slice {
  const { row, column, rowStride, columnStride } = plane;
  const leading = leadingIndices(plane, number);
  const offset = plane.leading.reduce((sum, axis, a) => sum + axis.stride * leading[a], 0);
  const rows = range(row ? indexAlong(rowStride, row.size, around) : 0, window.rows, row?.size ?? 1);
  const columns = range(column ? indexAlong(columnStride, column.size, around) : 0, window.columns, column?.size ?? 1);
  const cells: Cell[][] = [];
  for (let r = rows[0]; r < rows[1]; r++) {
    const line: Cell[] = [];
    for (let c = columns[0]; c < columns[1]; c++) {
      const flat = offset + r * rowStride + c * columnStride;
      line.push({ value: tensor.values[flat] ?? 'NaN', flat });
    }
    cells.push(line);
  }
  return {
    title: plane.leading.map((axis, a) => `${axis.name}=${leading[a]}`).join(' '),
    row,
    column,
    firstRow: rows[0] + originOf(row, origin),
    firstColumn: columns[0] + originOf(column, origin),
    cells,
    cropped: [cropWords(row, rows, origin), cropWords(column, columns, origin)].filter(Boolean).join(', '),
  };
}

function leadingIndices(plane: Plane, number: number): number[] {
  const indices: number[] = [];
  let rest = number;
  for (const axis of plane.leading.toReversed()) {
    indices.unshift(rest % axis.size);
    rest = Math.floor(rest / axis.size);
  }
  return indices;
}

const indexAlong = (stride: number, size: number, flat: number): number =>
  stride * size === 0 ? 0 : Math.floor(flat / stride) % size;

/** At most `most` of `0..size`, with `centre` near the middle. */
function range(centre: number, most: number, size: number): [begin: number, end: number] {
  if (size <= most) return [0, size];
  const begin = Math.min(Math.max(0, centre - Math.floor(most / 2)), size - most);
  return [begin, begin + most];
}

function cropWords(axis: Axis | undefined, [begin, end]: [number, number], origin: Origin): string {
  if (!axis || end - begin === axis.size) return '';
  const from = originOf(axis, origin);
  return `${axis.name} ${begin + from}–${end - 1 + from} of ${from}–${axis.size - 1 + from}`;
}

const originOf = (axis: Axis | undefined, origin: Origin): number => (axis && origin[axis.name]) ?? 0;
