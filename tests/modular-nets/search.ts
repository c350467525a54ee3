import { sizeOf, tensor } from '@im2grade/tensor';
import { type Call, randomData, searchDifference } from '@im2grade/kit';
import fc from 'fast-check';
import { calls } from './calls.ts';

const size = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

/** One in 25 images is so large that an index of 16 bits cannot count its numbers. */
const more = fc.oneof({ weight: 24, arbitrary: size(0, 7) }, { weight: 1, arbitrary: fc.constant(60) });

const cases = fc
  .record({
    of: fc.constantFrom('fullyConnectedUp', 'fullyConnectedDown', 'convMethod2Up', 'convMethod2Down'),
    N: size(1, 9),
    C: size(1, 6),
    Cout: size(1, 6),
    K: size(1, 5),
    padding: size(0, 4),
    moreH: more,
    moreW: more,
  })
  .map(({ moreH, moreW, padding, ...sizes }) => ({
    ...sizes,
    padding: Math.min(padding, sizes.K - 1),
    H: sizes.K + moreH,
    W: sizes.K + moreW,
  }));

type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

/** @param versions - of the inputs and of the parameters: the same one has the same numbers */
function callOf({ of, ...s }: Case, seed: number, versions: readonly [number, number]): Call {
  const [given, kept] = versions.map((version) => {
    const { real } = randomData(seed + version, s);
    return (...shape: number[]) => tensor(shape, real(sizeOf(shape)));
  });
  const { N, C, Cout, K, H, W, padding } = s;
  const bias = kept(Cout);
  if (of === 'fullyConnectedUp' || of === 'fullyConnectedDown') {
    const [x, weights] = [given(N, C * H * W), kept(Cout, C * H * W)];
    if (of === 'fullyConnectedUp') return calls.fullyConnectedUp(x, weights, bias);
    return calls.fullyConnectedDown({ above: given(N, Cout), x, weights, bias }, 'inputs', 'weights', 'bias');
  }
  const [x, weights] = [given(N, C, H, W), kept(Cout, C, K, K)];
  if (of === 'convMethod2Up') return calls.convMethod2Up(x, weights, bias, padding);
  const above = given(N, Cout, H + 2 * padding - K + 1, W + 2 * padding - K + 1);
  return calls.convMethod2Down({ above, x, weights, bias }, padding, 'inputs', 'weights', 'bias');
}

searchDifference(cases, (one, seed) => [
  callOf(one, seed, [0, 0]),
  callOf(one, seed, [0, 1]),
  callOf(one, seed, [1, 0]),
]);
