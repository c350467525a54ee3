import { expect, test } from '@jest/globals';
import type { Tensor } from '../../model/evidence.ts';
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

test('an image is seen in y and x, its channels number the slices', () => {
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

test('what is cropped stays around the wrong element, and says so', () => {
  const { slices, leftOut } = slicesOf(tensor(['b', 5], ['r', 10], ['c', 10]), { rows: 3, columns: 4, slices: 1 }, 299);
  expect(leftOut).toBe('1 of 5 slices shown');
  expect(slices[0]).toMatchObject({ title: 'b=2', firstRow: 7, firstColumn: 6, cropped: 'r 7–9 of 0–9, c 6–9 of 0–9' });
  expect(slices[0].cells.at(-1)?.at(-1)).toEqual({ value: 299, flat: 299 });
});

test('rounding is not marked as wrong; the first wrong element always is', () => {
  const expected: Tensor = { name: 't', axes: [{ name: 'i', size: 5 }], values: [1, 2, 3, 'NaN', 0] };
  const got: Tensor = { ...expected, values: [1 + 1e-12, 2.1, 'NaN', 'NaN', '-0'] };
  expect(
    [...wrongCells({ type: 'counterexample', law: '', message: '', inputs: [], expected, got, wrongIndex: 4 })].sort(),
  ).toEqual([1, 2, 4]);
});
