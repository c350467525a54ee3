import { sizeOf, tensor } from '@im2grade/tensor';
import { type Call, randomData, searchDifference } from '@im2grade/kit';
import fc from 'fast-check';
import { calls } from './calls.ts';

const size = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

const cases = fc
  .record({
    of: fc.constantFrom('fullyConnectedUp', 'fullyConnectedDown', 'convMethod2Up', 'convMethod2Down'),
    N: size(1, 9),
    C: size(1, 6),
    Cout: size(1, 6),
    K: size(1, 5),
    padding: size(0, 4),
    moreH: size(0, 7),
    moreW: size(0, 7),
  })
  .map(({ moreH, moreW, ...sizes }) => ({ ...sizes, H: sizes.K + moreH, W: sizes.K + moreW }));

searchDifference(cases, ({ of, N, C, Cout, K, H, W, padding: wide }, seed): Call => {
  const padding = Math.min(wide, K - 1);
  const { real } = randomData(seed, { N, C, Cout, K, H, W, padding });
  const make = (...shape: number[]) => tensor(shape, real(sizeOf(shape)));
  const bias = make(Cout);
  if (of === 'fullyConnectedUp') return calls.fullyConnectedUp(make(N, C * H), make(Cout, C * H), bias);
  if (of === 'fullyConnectedDown') {
    const layer = { above: make(N, Cout), x: make(N, C * H), weights: make(Cout, C * H), bias };
    return calls.fullyConnectedDown(layer, 'inputs', 'weights', 'bias');
  }
  const [x, weights] = [make(N, C, H, W), make(Cout, C, K, K)];
  if (of === 'convMethod2Up') return calls.convMethod2Up(x, weights, bias, padding);
  const above = make(N, Cout, H + 2 * padding - K + 1, W + 2 * padding - K + 1);
  return calls.convMethod2Down({ above, x, weights, bias }, padding, 'inputs', 'weights', 'bias');
});
