import { describe, expect, test } from '@jest/globals';
import { batchNorm, batchNormBackward } from '../src/batchNorm.ts';

const rounded = (values: ArrayLike<number>): number[] =>
  Array.from(values, (value) => Math.round(value * 1e6) / 1e6 + 0);

describe('batchNorm', () => {
  test('a small example', () => {
    const x = Float64Array.of(2, 0, -2, 5, 3, 1);
    const gamma = Float64Array.of(5, 3, 1);
    const beta = Float64Array.of(-1, -3, 4);
    const y = new Float64Array(6);
    batchNorm(x, gamma, beta, 2, 3, 0.5, y);
    expect(rounded(y)).toEqual([-5.52267, -5.713602, 3.095466, 3.52267, -0.286398, 4.904534]);
  });
});

describe('batchNormBackward', () => {
  test('a small example', () => {
    const x = Float64Array.of(2, 0, -2, 5, 3, 1);
    const gamma = Float64Array.of(5, 3, 1);
    const dy = Float64Array.of(-1, -3, 4, 2, 0, -2);
    const dx = new Float64Array(6);
    const dgamma = new Float64Array(3);
    const dbeta = new Float64Array(3);
    batchNormBackward(x, gamma, dy, 2, 3, 0.5, dx, dgamma, dbeta);
    expect(rounded(dx)).toEqual([-0.822304, -0.493382, 0.328921, 0.822304, 0.493382, -0.328921]);
    expect(rounded(dgamma)).toEqual([2.713602, 2.713602, -5.427204]);
    expect(rounded(dbeta)).toEqual([1, -3, 2]);
  });
});
