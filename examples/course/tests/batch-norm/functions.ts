import fc from 'fast-check';
import { examinedFunction, namedCall } from '@im2grade/kit';

/** Small, so that a counterexample can be read. */
const size = fc.integer({ min: 1, max: 6 });
const number = fc.constantFrom(0.3, 0.01, 2);

export const batchNorm = examinedFunction({
  cases: fc.record({ N: size, D: size, epsilon: number }),
  large: [
    { N: 300, D: 3, epsilon: 0.3 },
    { N: 3, D: 300, epsilon: 0.3 },
    { N: 300, D: 300, epsilon: 0.3 },
  ],
  call: ({ N, D, epsilon }, data) =>
    namedCall(
      'batchNorm',
      { N, D, epsilon },
      {
        inputs: { x: { n: N, d: D }, gamma: { d: D }, beta: { d: D } },
        outputs: { y: { n: N, d: D } },
      },
      data,
    ),
});

export const batchNormBackward = examinedFunction({
  cases: fc.record({ N: size, D: size, epsilon: number }),
  large: [
    { N: 300, D: 3, epsilon: 0.3 },
    { N: 3, D: 300, epsilon: 0.3 },
    { N: 300, D: 300, epsilon: 0.3 },
  ],
  call: ({ N, D, epsilon }, data) =>
    namedCall(
      'batchNormBackward',
      { N, D, epsilon },
      {
        inputs: { x: { n: N, d: D }, gamma: { d: D }, dy: { n: N, d: D } },
        outputs: { dx: { n: N, d: D }, dgamma: { d: D }, dbeta: { d: D } },
      },
      data,
    ),
});
