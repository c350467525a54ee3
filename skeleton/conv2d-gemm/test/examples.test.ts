import { describe, test } from '@jest/globals';
import { backward, convGeometry, expectArray, forward, im2mat, mat2im } from './layerCalls.ts';

/** 1 2 3 / 4 5 6 / 7 8 9 */
const NINE = [1, 2, 3, 4, 5, 6, 7, 8, 9];

describe('Question 1: Im2Mat', () => {
  test('a 2×2 kernel on a 3×3 image', () => {
    const g = convGeometry({ InY: 3, InX: 3, KnY: 2, KnX: 2 });
    const rows = [1, 2, 4, 5, 2, 3, 5, 6, 4, 5, 7, 8, 5, 6, 8, 9];
    expectArray(
      g,
      'OUT',
      'mat',
      im2mat(g, NINE),
      rows,
      'each row is the patch of one output pixel: iy = oy + fy, ix = ox + fx',
    );
  });

  test('one column of padding on each side, none above and below', () => {
    const g = convGeometry({ InY: 1, InX: 2, KnY: 1, KnX: 2, Px: 1 });
    expectArray(
      g,
      'OUT',
      'mat',
      im2mat(g, [3, 4]),
      [0, 3, 3, 4, 4, 0],
      'ix = ox·Sx − Px + fx, and 0 outside the image',
    );
  });

  test('a stride of 2 in y only', () => {
    const g = convGeometry({ InY: 3, InX: 2, KnY: 1, KnX: 1, Sy: 2 });
    expectArray(g, 'OUT', 'mat', im2mat(g, [1, 2, 3, 4, 5, 6]), [1, 2, 5, 6], 'iy = oy·Sy − Py + fy');
  });

  test('two channels stay side by side', () => {
    const g = convGeometry({ InY: 1, InX: 3, InC: 2, KnY: 1, KnX: 2 });
    expectArray(
      g,
      'OUT',
      'mat',
      im2mat(g, [1, -1, 2, -2, 3, -3]),
      [1, -1, 2, -2, 2, -2, 3, -3],
      'channels come last: ((b·InY + iy)·InX + ix)·InC + ic',
    );
  });

  test('two images in a batch', () => {
    const g = convGeometry({ B: 2, InY: 1, InX: 2, KnY: 1, KnX: 1 });
    expectArray(
      g,
      'OUT',
      'mat',
      im2mat(g, [1, 2, 3, 4]),
      [1, 2, 3, 4],
      'the second image begins after InY·InX·InC elements',
    );
  });
});

describe('Question 1: Mat2Im', () => {
  test('every pixel counts the patches that saw it', () => {
    const g = convGeometry({ InY: 3, InX: 3, KnY: 2, KnX: 2 });
    const ones = new Array<number>(16).fill(1);
    expectArray(
      g,
      'dError_dInput',
      'image',
      mat2im(g, ones),
      [1, 2, 1, 2, 4, 2, 1, 2, 1],
      'add with +=, after clearing the buffer',
    );
  });

  test('elements in the padding belong to no pixel', () => {
    const g = convGeometry({ InY: 1, InX: 2, KnY: 1, KnX: 2, Px: 1 });
    expectArray(
      g,
      'dError_dInput',
      'image',
      mat2im(g, [10, 1, 2, 3, 4, 10]),
      [3, 7],
      'skip elements whose pixel is outside the image',
    );
  });

  test('with a stride, some pixels are in no patch', () => {
    const g = convGeometry({ InY: 1, InX: 5, KnY: 1, KnX: 1, Sx: 2 });
    expectArray(
      g,
      'dError_dInput',
      'image',
      mat2im(g, [1, 2, 3]),
      [1, 0, 2, 0, 3],
      'a pixel between two steps of the kernel gets nothing',
    );
  });
});

describe('Question 1: Conv2D', () => {
  const g = convGeometry({ B: 2, InY: 1, InX: 2, InC: 1, KnY: 1, KnX: 2, KnC: 2 });
  const mat = Float64Array.of(1, 2, 3, 4);
  const [weights, biases] = [
    [1, 10, 2, 20],
    [100, 200],
  ];

  test('forward: matrix times kernel, plus the bias of each map', () => {
    expectArray(
      g,
      'OUT',
      'output',
      forward(g, mat, weights, biases),
      [105, 250, 111, 310],
      'OUT[row][fc] = Σ INP[row][k] · weights[k][fc] + biases[fc]',
    );
  });

  test('backward: all three gradients, summed over the batch', () => {
    const { dError_dWeights, dError_dBiases, dError_dInput } = backward(g, mat, weights, biases, [1, 2, 3, 4]);
    expectArray(
      g,
      'dError_dBiases',
      'biases',
      dError_dBiases,
      [4, 6],
      'the column sums of dError_dOutput, not their average',
    );
    expectArray(
      g,
      'dError_dWeights',
      'kernel',
      dError_dWeights,
      [10, 14, 14, 20],
      'matrixᵀ · dError_dOutput, not added to what was there',
    );
    expectArray(g, 'dError_dInput', 'mat', dError_dInput, [21, 42, 43, 86], 'dError_dOutput · weightsᵀ');
  });
});
