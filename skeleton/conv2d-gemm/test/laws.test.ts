import { describe, test } from '@jest/globals';
import { createRandom, gradientCheck, renderGradientCheck } from '@im2grade/nn';
import { createNetwork } from '../src/network.ts';
import { convGeometry, im2mat, mat2im } from './layerCalls.ts';

/** Nothing is square, everything moves by more than one pixel, and the kernel reaches over the border. */
const G = convGeometry({ B: 2, InY: 5, InX: 8, InC: 3, KnY: 3, KnX: 2, KnC: 2, Sy: 2, Sx: 3, Py: 1, Px: 0 });

const random = createRandom(1);
const numbers = (length: number): number[] => Array.from({ length }, () => random.uniform(-1, 1));
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);

describe('Question 1: Mat2Im', () => {
  test('Mat2Im is the adjoint of Im2Mat: ⟨Im2Mat x, y⟩ = ⟨x, Mat2Im y⟩', () => {
    const x = numbers(G.B * G.InY * G.InX * G.InC);
    const y = numbers(G.B * G.OpY * G.OpX * G.KnY * G.KnX * G.InC);
    const [there, back] = [dot(im2mat(G, x), y), dot(x, mat2im(G, y))];
    if (Math.abs(there - back) <= 1e-10) return;
    throw new Error(
      `⟨Im2Mat x, y⟩ = ${there}, but ⟨x, Mat2Im y⟩ = ${back}\n` +
        'likely: Mat2Im does not visit exactly the pairs of element and pixel that Im2Mat copies (stride? padding? batch?)',
    );
  });
});

describe('Question 1: the layers together', () => {
  test('back-propagation through a convolution agrees with finite differences', () => {
    const layers = [
      { type: 'conv', KnY: 3, KnX: 2, KnC: 2, Sy: 2, Sx: 3, Py: 1, Px: 0 },
      { type: 'lrelu' },
      { type: 'linear', size: 2 },
    ] as const;
    const report = gradientCheck(createNetwork({ layers }, { InY: 5, InX: 8, InC: 3 }), 2, 1);
    if (!report.passed) throw new Error(renderGradientCheck(report));
  });
});
