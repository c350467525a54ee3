import { describe, expect, test } from '@jest/globals';
import {
  addColumn,
  addRow,
  ALL,
  assign,
  diffMse,
  flip,
  matmul,
  maximum,
  offset,
  reshape,
  scale,
  slice,
  stack,
  sum,
  tensor,
  zeros,
} from './index.ts';

/** 0 1 2 … in a shape. */
const counting = (...shape: number[]) =>
  tensor(
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
  );
const numbers = (a: { data: ArrayLike<number> }) => Array.from(a.data);

describe('tensor', () => {
  test('numbers that do not fit the shape are refused', () => {
    expect(() => tensor([2, 3], [1])).toThrow('shape [2, 3] holds 6 numbers, not 1');
    expect(() => zeros([2, 0.5])).toThrow('[2, 0.5] is not a shape');
    expect(() => reshape(counting(4), [3])).toThrow(RangeError);
  });

  test('zeros are of the type of numbers of another tensor', () => {
    expect(zeros([2], tensor([1], Float32Array.of(1))).data).toBeInstanceOf(Float32Array);
    expect(zeros([2]).data).toEqual(Float64Array.of(0, 0));
  });

  test('the last axis moves fastest', () => expect(offset(zeros([2, 3, 4]), [1, 2, 3])).toBe(23));
});

describe('slice and assign', () => {
  test('an index takes its axis away, a range keeps it', () => {
    const a = counting(2, 3, 4);
    expect(slice(a, [1, ALL, [1, 3]])).toEqual(tensor([3, 2], [13, 14, 17, 18, 21, 22]));
    expect(slice(a, [ALL, 0, [0, 4, 3]])).toEqual(tensor([2, 2], [0, 3, 12, 15]));
    expect(slice(a, [1])).toEqual(tensor([3, 4], numbers(a).slice(12)));
    expect(numbers(slice(a, [1, 2, 3]))).toEqual([23]);
    expect(slice(a, [ALL, [1, 1]]).shape).toEqual([2, 0, 4]);
  });

  test('what is assigned is what is sliced', () => {
    const a = zeros([2, 3, 4]);
    const part = tensor([2, 2], [1, 2, 3, 4]);
    assign(a, [ALL, 1, [0, 4, 2]], part);
    expect(slice(a, [ALL, 1, [0, 4, 2]])).toEqual(part);
    expect(numbers(a).filter((value) => value !== 0)).toHaveLength(4);
  });

  test('a range over the end, or numbers that do not fill it, are refused', () => {
    expect(() => slice(zeros([2, 3]), [ALL, [1, 4]])).toThrow(
      'range 1,4 of axis 1 is outside a tensor of shape [2, 3]',
    );
    expect(() => slice(zeros([2]), [0, 0])).toThrow('2 ranges for a tensor of shape [2]');
    expect(() => assign(zeros([2, 3]), [0], zeros([2]))).toThrow('does not fill a part of shape [3]');
  });
});

describe('whole axes', () => {
  test('sums over axes, which go away', () => {
    const a = counting(2, 3, 2);
    expect(sum(a, [0, 2])).toEqual(tensor([3], [0 + 1 + 6 + 7, 2 + 3 + 8 + 9, 4 + 5 + 10 + 11]));
    expect(sum(a, [1])).toEqual(tensor([2, 2], [6, 9, 24, 27]));
    expect(sum(a, [])).toEqual(a);
    expect(sum(zeros([0, 2]), [0])).toEqual(zeros([2]));
    expect(() => sum(a, [3])).toThrow('sum: a tensor of shape [2, 3, 2] has no axis 3');
  });

  test('axes that run backwards', () => {
    expect(flip(counting(2, 3), [1])).toEqual(tensor([2, 3], [2, 1, 0, 5, 4, 3]));
    expect(flip(counting(2, 2, 2), [1, 2])).toEqual(tensor([2, 2, 2], [3, 2, 1, 0, 7, 6, 5, 4]));
    expect(flip(flip(counting(2, 3, 4), [0, 2]), [2, 0])).toEqual(counting(2, 3, 4));
    expect(flip(zeros([2, 0]), [1]).shape).toEqual([2, 0]);
    expect(() => flip(zeros([2]), [-1])).toThrow('flip: a tensor of shape [2] has no axis -1');
  });
});

describe('matrix operations', () => {
  test('matmul, transposed and of a stack', () => {
    const [a, b] = [counting(2, 3), counting(3, 2)];
    const product = tensor([2, 2], [10, 13, 28, 40]);
    expect(matmul(a, b)).toEqual(product);
    expect(matmul(tensor([3, 2], [0, 3, 1, 4, 2, 5]), b, { transposeA: true })).toEqual(product);
    expect(matmul(a, tensor([2, 3], [0, 2, 4, 1, 3, 5]), { transposeB: true })).toEqual(product);
    expect(matmul(a, stack([b, b]))).toEqual(tensor([2, 2, 2], [10, 13, 28, 40, 10, 13, 28, 40]));
    expect(() => matmul(a, a)).toThrow('the shapes [2, 3] and [2, 3] do not fit');
  });

  test('rows, columns and maxima', () => {
    expect(addRow(counting(2, 2), tensor([2], [10, 20]))).toEqual(tensor([2, 2], [10, 21, 12, 23]));
    expect(addColumn(counting(2, 2, 2), tensor([2], [10, 20]))).toEqual(
      tensor([2, 2, 2], [10, 11, 22, 23, 14, 15, 26, 27]),
    );
    expect(() => addColumn(counting(2, 2), tensor([3], [1, 2, 3]))).toThrow('a column of shape [3] does not fit');
    expect(maximum(tensor([3], [-1, 2, 5]), 1)).toEqual(tensor([3], [1, 2, 5]));
    expect(maximum(tensor([2], [-1, 2]), tensor([2], [0, 1]))).toEqual(tensor([2], [0, 2]));
    expect(() => maximum(zeros([2]), zeros([3]))).toThrow('the shapes [2] and [3] differ');
  });

  test('a factor for all', () => expect(scale(tensor([2], [1, -2]), 3)).toEqual(tensor([2], [3, -6])));

  test('diffMse is the mean of the squared differences', () =>
    expect(diffMse(tensor([2], [1, 2]), tensor([2], [1, 4]))).toBe(2));
});
