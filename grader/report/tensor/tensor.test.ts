import { describe, expect, test } from '@jest/globals';
import type { Counterexample, Tensor } from '../../model/evidence.ts';
import { contributors } from './contributors.ts';
import { padded } from './padded.ts';
import { slicesOf } from './slices.ts';
import { wrongCells } from './wrongCells.ts';

const tensor = (...axes: [name: string, size: number][]): Tensor => ({
  name: 't',
  axes: axes.map(([name, size]) => ({ name, size })),
  values: Array.from({ length: axes.reduce((product, [, size]) => product * size, 1) }, (_, i) => i),
});
const ALL = { rows: 99, columns: 99, slices: 99 };
const numbers = (t: Tensor, window = ALL, around = 0) =>
  slicesOf(t, window, around).slices.map(({ title, cells }) => [
    title,
    cells.map((line) => line.map(({ value }) => value)),
  ]);

test('a matrix is one slice', () => {
  expect(numbers(tensor(['r', 2], ['c', 3]))).toEqual([
    [
      '',
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ],
  ]);
});

test('a vector is a row, a single number a cell', () => {
  expect(numbers(tensor(['i', 3]))).toEqual([['', [[0, 1, 2]]]]);
  expect(numbers(tensor())).toEqual([['', [[0]]]]);
});

test('an image is viewed in y and x, and its channels number the slices', () => {
  expect(numbers(tensor(['b', 1], ['iy', 2], ['ix', 2], ['ic', 2]))).toEqual([
    [
      'b=0 ic=0',
      [
        [0, 2],
        [4, 6],
      ],
    ],
    [
      'b=0 ic=1',
      [
        [1, 3],
        [5, 7],
      ],
    ],
  ]);
});

test('a cropped matrix is kept around the wrong element, and says so', () => {
  const { slices, leftOut } = slicesOf(tensor(['b', 5], ['r', 10], ['c', 10]), { rows: 3, columns: 4, slices: 1 }, 299);
  expect(leftOut).toBe('1 of 5 slices shown');
  expect(slices[0]).toMatchObject({ title: 'b=2', firstRow: 7, firstColumn: 6, cropped: 'r 7–9 of 0–9, c 6–9 of 0–9' });
  expect(slices[0].cells.at(-1)?.at(-1)).toEqual({ value: 299, flat: 299 });
});

test('rounding is not marked as wrong; NaN and the first wrong element always are', () => {
  const expected: Tensor = { name: 't', axes: [{ name: 'i', size: 5 }], values: [1, 2, 3, 'NaN', 0] };
  const got: Tensor = { ...expected, values: [1 + 1e-12, 2.1, 'NaN', 'NaN', '-0'] };
  expect(
    [...wrongCells({ type: 'counterexample', law: '', message: '', inputs: [], expected, got, wrongIndex: 4 })].sort(),
  ).toEqual([1, 2, 3, 4]);
});

describe('the elements on which a wrong element depends', () => {
  const geometry = { B: 1, InY: 2, InX: 2, KnY: 1, KnX: 2, Sy: 1, Sx: 1, Py: 0, Px: 1, OpY: 2, OpX: 3 };
  const image = tensor(['b', 1], ['iy', 2], ['ix', 2]);
  const matrix = tensor(['b', 1], ['oy', 2], ['ox', 3], ['fy', 1], ['fx', 2]);
  const output = tensor(['b', 1], ['oy', 2], ['ox', 3], ['fc', 2]);
  const wrongAt = (expected: Tensor, wrongIndex: number): Counterexample => ({
    type: 'counterexample',
    law: '',
    message: '',
    geometry,
    inputs: [],
    expected,
    got: expected,
    wrongIndex,
  });

  test('an image is drawn with the zeros around it', () => {
    const { tensor: whole, origin, border } = padded(image, geometry);
    expect(numbers(whole)).toEqual([
      [
        'b=0',
        [
          [0, 0, 1, 0],
          [0, 2, 3, 0],
        ],
      ],
    ]);
    expect([...border]).toEqual([0, 3, 4, 7]);
    expect(slicesOf(whole, ALL, 0, origin).slices[0]).toMatchObject({ firstRow: 0, firstColumn: -1 });
  });

  test('a matrix element: the patch of its output pixel, and the pixel or padding it is copied from', () => {
    const { tensor: whole, origin } = padded(image, geometry);
    // oy=1, ox=0, fx=0 is in the padding on the left, fx=1 is the first pixel of the second row.
    const { patch, used } = contributors(wrongAt(matrix, 6), whole, origin);
    expect({ patch: [...patch], used: [...used] }).toEqual({ patch: [4, 5], used: [4] });
  });

  test('a pixel’s gradient: the matrix elements that were copied from it', () => {
    // iy=0, ix=0: fx=1 at ox=0, fx=0 at ox=1.
    const { patch, used } = contributors(wrongAt(image, 0), matrix);
    expect({ patch: [...patch], used: [...used] }).toEqual({ patch: [], used: [1, 2] });
  });

  test('an element of a product: its row, its column, its bias', () => {
    const evidence = wrongAt(output, 3);
    const weights = tensor(['fy', 1], ['fx', 2], ['fc', 2]);
    expect([...contributors(evidence, matrix).used]).toEqual([2, 3]);
    expect([...contributors(evidence, weights).used]).toEqual([1, 3]);
    expect([...contributors(evidence, tensor(['fc', 2])).used]).toEqual([1]);
  });

  test('if pixels have other names, it is what was tried', () => {
    const input = { ...tensor(['n', 1], ['y', 3]), used: [1, 2] };
    expect([...contributors(wrongAt(tensor(['n', 1], ['m', 2]), 1), input).used]).toEqual([1, 2]);
  });

  test('nothing is marked if nothing is known', () => {
    expect(contributors({ ...wrongAt(image, 0), wrongIndex: undefined }, matrix).used.size).toBe(0);
    expect(contributors(wrongAt(output, 0), tensor(['other', 3])).used.size).toBe(0);
  });
});

test('a small matrix of Im2Mat is one matrix: rows b, oy, ox and columns fy, fx, ic', () => {
  const axes = Object.entries({ b: 2, oy: 1, ox: 2, fy: 1, fx: 2, ic: 2 }).map(([name, size]) => ({ name, size }));
  const mat: Tensor = { name: 'OUT', axes, values: Array.from({ length: 16 }, (_, i) => i) };
  const window = { rows: 3, columns: 3, slices: 1, asMatrix: true };
  const { slices, leftOut } = slicesOf(mat, window, 15);
  expect(leftOut).toBe('');
  expect(slices).toHaveLength(1);
  const [{ row, column, labels, cells }] = slices;
  expect([row, column]).toEqual([
    { name: 'b oy ox', size: 4 },
    { name: 'fy fx ic', size: 4 },
  ]);
  expect(labels).toEqual({ rows: ['0 0 0', '0 0 1', '1 0 0', '1 0 1'], columns: ['0 0 0', '0 0 1', '0 1 0', '0 1 1'] });
  expect(cells.flat()).toEqual(Array.from({ length: 16 }, (_, i) => ({ value: i, flat: i })));
  const large = {
    ...mat,
    axes: [{ name: 'b', size: 8 }, ...axes.slice(1)],
    values: Array.from({ length: 64 }, () => 0),
  };
  expect(slicesOf(large, window).slices[0].labels).toBeUndefined();
});
