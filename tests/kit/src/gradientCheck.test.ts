import { expect, test } from '@jest/globals';
import { checkGradient, type Differentiable } from './gradientCheck.ts';

/** Points on both sides of the kink, and one that is so near to it that the two differences are not on the same side. */
const POINTS = Float64Array.of(-2, 1e-7, 3);
const KINK = 1;

/** The function Σᵢ max(0, xᵢ), with a gradient that may be a wrong one. */
const rectified = (gradient: (x: number, i: number) => number): Differentiable => ({
  network: 'ReLU',
  tensors: [{ name: 'x', axes: [{ name: 'i', size: POINTS.length }], values: POINTS }],
  outputSize: 1,
  forward: async ([x]) => Float64Array.of(x.reduce((sum, value) => sum + Math.max(0, value), 0)),
  backward: async ([x], [cotangent]) => [x.map((value, i) => gradient(value, i) * cotangent)],
});

const slope = (x: number): number => Number(x > 0);
const right = rectified(slope);

test('an element at a kink costs nothing, whatever the seed', async () => {
  for (let seed = 0; seed < 20; seed++)
    await expect(checkGradient(right, right, seed)).resolves.toMatchObject({ network: 'ReLU' });
  expect((await checkGradient(right, right, 1)).tensors[0].skippedKinks).toBe(1);
});

test.each([0, 2])('a wrong element beside a kink is found: element %d', async (wrong) => {
  const submission = rectified((x, i) => slope(x) + Number(i === wrong));
  await expect(checkGradient(submission, right, 1)).rejects.toThrow(`gradient of x[i=${wrong}]`);
});

test('what a submission does at a kink of the reference is not judged', async () => {
  const submission = rectified((x, i) => (i === KINK ? NaN : slope(x)));
  expect((await checkGradient(submission, right, 1)).tensors[0].skippedKinks).toBe(1);
});

test('a submission cannot make kinks of its own', async () => {
  let calls = 0;
  const restless: Differentiable = { ...right, forward: async () => Float64Array.of(calls++ % 2) };
  await expect(checkGradient(restless, right, 1)).rejects.toThrow('finite differences give');
});
