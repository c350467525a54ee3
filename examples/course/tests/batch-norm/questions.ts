import type { Questions } from '@im2grade/kit';

/** Nothing in the handout may compute these answers, except for a reason in `onPurpose`. */
export const questions: Questions = {
  scenes: {
    batchNorm: () => ({
      values: {
        Real: [
          Float64Array.of(2, 0, -2, 5, 3, 1),
          Float64Array.of(5, 3, 1),
          Float64Array.of(-1, -3, 4),
          new Float64Array(6),
        ],
        number: [2, 3, 0.5],
      },
    }),
    batchNormBackward: () => ({
      values: {
        Real: [
          Float64Array.of(2, 0, -2, 5, 3, 1),
          Float64Array.of(5, 3, 1),
          Float64Array.of(-1, -3, 4, 2, 0, -2),
          new Float64Array(6),
          new Float64Array(3),
          new Float64Array(3),
        ],
        number: [2, 3, 0.5],
      },
    }),
  },
  answers: {
    'batchNorm: y': Float64Array.of(
      -5.522670168666455,
      -5.713602101199873,
      3.0954659662667092,
      3.5226701686664548,
      -0.2863978988001272,
      4.904534033733291,
    ),
    'batchNormBackward: dx': Float64Array.of(
      -0.8223036670302644,
      -0.49338220021815865,
      0.32892146681210577,
      0.8223036670302644,
      0.49338220021815865,
      -0.32892146681210577,
    ),
    'batchNormBackward: dgamma': Float64Array.of(2.7136021011998728, 2.7136021011998728, -5.4272042023997455),
    'batchNormBackward: dbeta': Float64Array.of(1, -3, 2),
  },
  onPurpose: {},
};
