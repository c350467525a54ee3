import { sizeOf, tensor } from '@im2grade/tensor';
import { type Call, randomData, searchDifference, singlePrecisionData } from '@im2grade/kit';
import fc from 'fast-check';
import { calls } from './calls.ts';

const size = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
/** One in 25 images is so large that an index of 16 bits cannot count its numbers. */
const more = fc.oneof({ weight: 24, arbitrary: size(0, 7) }, { weight: 1, arbitrary: fc.constant(48) });

const cases = fc
  .record({
    of: fc.constantFrom('conv2d', 'im2col', 'convWeight2rows', 'pool2d', 'relu', 'reshape', 'fcLayer'),
    form: fc.constantFrom('scalar' as const, 'vector' as const),
    N: size(1, 9),
    C: size(1, 6),
    Cout: size(1, 6),
    K: size(1, 5),
    moreH: more,
    moreW: more,
    dtype: fc.constantFrom('float64' as const, 'float32' as const),
  })
  .map(({ moreH, moreW, ...sizes }) => ({ ...sizes, H: sizes.K + moreH, W: sizes.K + moreW }));

type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

/** @param versions - of the inputs and of the parameters: the same one has the same numbers */
function callOf({ of, form, dtype, ...s }: Case, seed: number, versions: readonly [number, number]): Call {
  const [given, kept] = versions.map((version) => {
    const { real } = dtype === 'float64' ? randomData(seed + version, s) : singlePrecisionData(seed + version, s);
    return (...shape: number[]) => tensor(shape, real(sizeOf(shape)));
  });
  const { N, C, Cout, K, H, W } = s;
  const x = given(N, C, H, W);
  if (of === 'conv2d') return calls.conv2d(form, x, kept(Cout, C, K, K), kept(Cout));
  if (of === 'im2col') return calls.im2col(x, K);
  if (of === 'convWeight2rows') return calls.convWeight2rows(kept(Cout, C, K, K));
  // A window has two rows and columns.
  if (of === 'pool2d') return calls.pool2d(form, given(N, C, H + 1, W + 1));
  if (of === 'relu') return calls.relu(form, x);
  if (of === 'reshape') return calls.reshape(form, x);
  return calls.fcLayer(form, given(N, C * H), kept(Cout, C * H), kept(Cout));
}

searchDifference(cases, (one, seed) => [
  callOf(one, seed, [0, 0]),
  callOf(one, seed, [0, 1]),
  callOf(one, seed, [1, 0]),
]);
