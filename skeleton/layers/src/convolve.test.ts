import { describe, expect, test } from '@jest/globals';
import { tensor, zeros } from '@im2grade/tensor';
import { convolve } from './convolve.ts';

describe('convolve', () => {
  const [x, w, d] = [tensor([1, 4], [1, 10, 100, 1000]), tensor([1, 3], [2, 3, 5]), tensor([1, 2], [7, 11])];

  test('multiplies each value into all weights, and keeps what all of them reach', () => {
    expect(convolve(x, w)).toEqual(tensor([1, 2], [5 + 30 + 200, 50 + 300 + 2000]));
    expect(convolve(x, d)).toEqual(tensor([1, 3], [11 + 70, 110 + 700, 1100 + 7000]));
  });

  test('padding keeps more, in rows too', () => {
    const image = tensor([2, 2], [1, 2, 3, 4]);
    const kernel = tensor([2, 2], [1, 10, 100, 1000]);
    expect(convolve(image, kernel)).toEqual(tensor([1, 1], [1000 + 200 + 30 + 4]));
    expect(convolve(image, kernel, 1)).toEqual(tensor([3, 3], [1, 12, 20, 103, 1234, 2040, 300, 3400, 4000]));
  });

  test('axes before the last two are broadcast', () => {
    const [images, kernels] = [tensor([2, 1, 1, 1], [1, 2]), tensor([1, 3, 1, 1], [1, 10, 100])];
    expect(convolve(images, kernels)).toEqual(tensor([2, 3, 1, 1], [1, 10, 100, 2, 20, 200]));
    expect(convolve(kernels, images)).toEqual(tensor([2, 3, 1, 1], [1, 10, 100, 2, 20, 200]));
    expect(convolve(images, images)).toEqual(tensor([2, 1, 1, 1], [1, 4]));
  });

  test('is the same when inputs and weights change places, with all the padding there is', () => {
    const [a, b] = [tensor([2, 3], [1, -2, 3, 0.5, 4, 2]), tensor([3, 2], [2, 1, 0, -1, 3, 5])];
    const full = convolve(tensor([1, 2, 3], a.data), tensor([1, 3, 2], b.data), 2);
    const back = convolve(tensor([1, 3, 2], b.data), tensor([1, 2, 3], a.data), 2);
    // Rows and columns of zeros around, as kernels are not square.
    expect(full.data.filter((value) => value !== 0)).toEqual(back.data.filter((value) => value !== 0));
  });

  test.each([
    [zeros([2, 3, 3]), zeros([3, 2, 2]), 0, 'inputs [2, 3, 3] and weights [3, 2, 2] do not match'],
    [zeros([3, 3]), zeros([1, 2, 2]), 0, 'do not match: they need the same number of axes'],
    [zeros([3]), zeros([2]), 0, 'do not match'],
    [zeros([2, 2]), zeros([5, 5]), 1, 'weights of 5×5 do not fit into inputs of 4×4, padding 1 included'],
    [zeros([2, 2]), zeros([1, 1]), -1, 'padding -1 must be an integer of at least 0'],
  ])('shapes that do not match are refused', (inputs, weights, padding, message) =>
    expect(() => convolve(inputs, weights, padding)).toThrow(message),
  );
});
