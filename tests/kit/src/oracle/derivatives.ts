import type { Real } from '@im2grade/nn';
import { convolved, type ConvolutionSizes, eachPatchElement, type LinearSizes } from './nchw.ts';
import { addTerm, asProduct, emptySums, type Sums } from './sums.ts';

/** The derivatives of a layer, by the chain rule; those of the parameters are summed over the batch. */
export interface DerivativeSums {
  readonly inputs: Sums;
  readonly weights: Sums;
  readonly bias: Sums;
}

/**
 * The oracle for the backward passes of the layers whose forward passes `nchw` has.
 *
 * @example
 * ```ts
 * const { inputs, weights, bias } = derivatives.fcLayer({ N: 2, D: 3, P: 4 }, above, a, weight);
 * ```
 */
export const derivatives = {
  /** Of a convolution without padding. */
  conv2d(s: ConvolutionSizes, above: Real, x: Real, weight: Real): DerivativeSums {
    const [outH, outW] = convolved(s);
    const [patch, plane] = [s.C * s.K * s.K, outH * outW];
    const inputs = emptySums(s.N * s.C * s.H * s.W, s.Cout * s.K * s.K);
    const weights = emptySums(s.Cout * patch, s.N * plane);
    eachPatchElement(s, ({ n, row, pixelOut, pixel }) => {
      for (let co = 0; co < s.Cout; co++) {
        const derivative = above[(n * s.Cout + co) * plane + pixelOut];
        addTerm(inputs, pixel, derivative * weight[co * patch + row]);
        addTerm(weights, co * patch + row, derivative * x[pixel]);
      }
    });
    const bias = emptySums(s.Cout, s.N * plane);
    above.forEach((derivative, i) => addTerm(bias, Math.floor(i / plane) % s.Cout, derivative));
    const sides = [s.N * plane, patch, s.Cout];
    return { inputs: asProduct(inputs, sides), weights: asProduct(weights, sides), bias };
  },

  /** Of a fully connected layer. */
  fcLayer({ N, D, P }: LinearSizes, above: Real, a: Real, weight: Real): DerivativeSums {
    const [inputs, weights, bias] = [emptySums(N * D, P), emptySums(P * D, N), emptySums(P, N)];
    above.forEach((derivative, i) => {
      const [n, p] = [Math.floor(i / P), i % P];
      addTerm(bias, p, derivative);
      for (let d = 0; d < D; d++) {
        addTerm(inputs, n * D + d, derivative * weight[p * D + d]);
        addTerm(weights, p * D + d, derivative * a[n * D + d]);
      }
    });
    const sides = [N, D, P];
    return { inputs: asProduct(inputs, sides), weights: asProduct(weights, sides), bias };
  },
};
