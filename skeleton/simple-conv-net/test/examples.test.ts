import { describe, test } from '@jest/globals';
import { tensor } from '@im2grade/tensor';
import { convWeight2rows, im2col } from '../src/im2col.ts';
import { layers, VARIANTS } from '../src/layers.ts';
import { counting, expectTensor } from './expectTensor.ts';

describe.each(VARIANTS)('in %s form', (variant) => {
  const { conv2d, pool2d, relu, reshape, fcLayer } = layers[variant];

  test('conv2d: a 2×2 kernel on a 3×3 image', () =>
    expectTensor(
      'maps',
      conv2d,
      [counting(1, 1, 3, 3), tensor([1, 1, 2, 2], [1, 10, 100, 1000]), tensor([1], [0.5])],
      tensor([1, 1, 2, 2], [4310.5, 5421.5, 7643.5, 8754.5]),
      'z[m][l] = Σ x[m + i][l + j] · weight[i][j] + bias; nothing is flipped',
    ));

  test('conv2d: two channels are summed, and the bias is added once', () =>
    expectTensor(
      'maps',
      conv2d,
      [tensor([1, 2, 1, 1], [2, 3]), tensor([1, 2, 1, 1], [10, 100]), tensor([1], [5])],
      tensor([1, 1, 1, 1], [325]),
      'the sum goes over the channels too; the bias belongs to the map, not to a channel',
    ));

  test('conv2d: two images, two maps', () =>
    expectTensor(
      'maps',
      conv2d,
      [tensor([2, 1, 1, 2], [1, 2, 3, 4]), tensor([2, 1, 1, 1], [1, -1]), tensor([2], [0, 10])],
      tensor([2, 2, 1, 2], [1, 2, 9, 8, 3, 4, 7, 6]),
      'image by image, and in each image map by map',
    ));

  test('pool2d: the largest of each two by two, below zero too', () =>
    expectTensor(
      'maps',
      pool2d,
      [tensor([1, 1, 2, 4], [-4, -3, 7, 7, -2, -1, 5, 7])],
      tensor([1, 1, 1, 2], [-1, 7]),
      'begin the maximum with one of the four, not with 0',
    ));

  test('pool2d: the last row and column of odd sizes belong to no window', () =>
    expectTensor(
      'maps',
      pool2d,
      [counting(1, 1, 3, 3)],
      tensor([1, 1, 1, 1], [4]),
      'sizes are halved and rounded down',
    ));

  test('relu: what is negative becomes 0', () =>
    expectTensor('matrix', relu, [tensor([1, 3], [-2, 0, 3])], tensor([1, 3], [0, 0, 3]), 'max(0, a)'));

  test('reshape: a row for each image', () =>
    expectTensor(
      'matrix',
      reshape,
      [counting(2, 2, 1, 2)],
      tensor([2, 4], [0, 1, 2, 3, 4, 5, 6, 7]),
      'column (c·H + m)·W + l; in memory nothing moves',
    ));

  test('fcLayer: weighted sums and a bias', () =>
    expectTensor(
      'matrix',
      fcLayer,
      [tensor([2, 3], [1, 2, 3, 4, 5, 6]), tensor([2, 3], [1, 10, 100, 0, 0, 1]), tensor([2], [0.5, -1])],
      tensor([2, 2], [321.5, 2, 654.5, 5]),
      'weight[j][i] has a row for each output',
    ));
});

describe('on the way to the vector form', () => {
  test('im2col: each patch becomes a column', () =>
    expectTensor(
      'columns',
      (x) => im2col(x, 2),
      [counting(1, 1, 3, 3)],
      tensor([1, 4, 4], [0, 1, 3, 4, 1, 2, 4, 5, 3, 4, 6, 7, 4, 5, 7, 8]),
      'row i·K + j is what kernel position (i, j) sees of all patches',
    ));

  test('im2col: a channel’s rows come below those of the channel before', () =>
    expectTensor(
      'columns',
      (x) => im2col(x, 1),
      [tensor([2, 2, 1, 2], [1, 2, 10, 20, 3, 4, 30, 40])],
      tensor([2, 2, 2], [1, 2, 10, 20, 3, 4, 30, 40]),
      'row (ci·K + i)·K + j, and a matrix for each image',
    ));

  test('convWeight2rows: each map’s weights become a row', () =>
    expectTensor(
      'matrix',
      convWeight2rows,
      [counting(2, 2, 1, 1)],
      tensor([2, 2], [0, 1, 2, 3]),
      'row co is weight[co], channel after channel',
    ));
});
