import { convGeometry, type NetworkDescription, parameterCount } from '@im2grade/nn';
import { type Call, direct, randomData, searchDifference } from '@im2grade/kit';
import fc from 'fast-check';
import { calls, imageSize, kernelSize, matSize, outputSize } from './calls.ts';

const size = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
/** One in 25 cases has more elements than an index of 16 bits can count. */
const LARGE = 48;
const more = fc.oneof({ weight: 24, arbitrary: size(0, 5) }, { weight: 1, arbitrary: fc.constant(LARGE) });

const cases = fc
  .record({
    of: fc.constantFrom('Im2Mat', 'Mat2Im', 'forward', 'backward', 'networkBackward'),
    B: size(1, 9),
    InC: size(1, 6),
    KnC: size(1, 6),
    KnY: size(1, 5),
    KnX: size(1, 5),
    Sy: size(1, 3),
    Sx: size(1, 3),
    Py: size(0, 3),
    Px: size(0, 3),
    moreY: more,
    moreX: more,
    dtype: fc.constantFrom('float64' as const, 'float32' as const),
    team: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: size(2, 4) }),
    straggler: size(-1, 3),
  })
  .map(({ moreY, moreX, ...sizes }) => ({
    ...sizes,
    InY: reachable(sizes.KnY, sizes.Sy, sizes.Py, moreY),
    InX: reachable(sizes.KnX, sizes.Sx, sizes.Px, moreX),
  }));

/** The smallest size in which the kernel takes at least `steps` steps. */
function reachable(Kn: number, S: number, P: number, steps: number): number {
  let size = Kn + S * steps - 2 * P;
  while (size < 1) size += S;
  return size;
}

type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

/** @param versions - of the inputs and of the parameters: the same one has the same numbers */
function callOf(
  { of, dtype, team, straggler, ...sizes }: Case,
  seed: number,
  versions: readonly [number, number],
): Call {
  const g = convGeometry(sizes);
  const [inputs, parameters] = versions.map((version) => randomData(seed + version, sizes));
  const given = (length: number) => inputs.real(length, dtype);
  const together = team === 1 ? {} : { team, straggler: Math.min(straggler, team - 1) };
  if (of === 'Im2Mat') return { ...calls.Im2Mat(g, given(imageSize(g)), 'garbage'), ...together };
  if (of === 'Mat2Im') return { ...calls.Mat2Im(g, given(matSize(g)), 'garbage'), ...together };
  if (of === 'networkBackward') {
    const { KnY, KnX, KnC, Sy, Sx, Py, Px } = g;
    const network: NetworkDescription = { layers: [{ type: 'conv', KnY, KnX, KnC, Sy, Sx, Py, Px }] };
    const on = { description: network, input: { InY: g.InY, InX: g.InX, InC: g.InC }, B: g.B };
    const all = parameters.real(parameterCount(network, g));
    return { ...calls.networkBackward(on, all, inputs.real(imageSize(g)), inputs.real(outputSize(g))), ...together };
  }
  const exact = direct.Im2Mat(g, given(imageSize(g)));
  const mat = dtype === 'float32' ? Float32Array.from(exact) : exact;
  const [weights, biases] = [parameters.real(kernelSize(g), dtype), parameters.real(g.KnC, dtype)];
  const call =
    of === 'forward'
      ? calls.forward(g, mat, weights, biases, 'garbage')
      : calls.backward(g, mat, weights, biases, given(outputSize(g)), 'garbage');
  return { ...call, ...together };
}

searchDifference(cases, (one, seed) => [
  callOf(one, seed, [0, 0]),
  callOf(one, seed, [0, 1]),
  callOf(one, seed, [1, 0]),
]);
