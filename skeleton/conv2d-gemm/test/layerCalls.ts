import {
  Activation,
  convGeometry,
  describeDifference,
  firstDifference,
  type Geometry,
  Params,
  type Real,
  teamOfOne,
} from '@im2grade/nn';
import { Conv2DLayer } from '../src/Conv2DLayer.ts';
import { Im2MatLayer } from '../src/Im2MatLayer.ts';

export { convGeometry };

const image = ({ B, InY, InX, InC }: Geometry) => ({ b: B, iy: InY, ix: InX, ic: InC });
const mat = ({ B, OpY, OpX, KnY, KnX, InC }: Geometry) => ({ b: B, oy: OpY, ox: OpX, fy: KnY, fx: KnX, ic: InC });
const output = ({ B, OpY, OpX, KnC }: Geometry) => ({ b: B, oy: OpY, ox: OpX, fc: KnC });
const kernel = ({ KnY, KnX, InC, KnC }: Geometry) => ({ fy: KnY, fx: KnX, ic: InC, fc: KnC });

type Sizes = Record<string, number>;
const volume = (sizes: Sizes): number => Object.values(sizes).reduce((a, b) => a * b, 1);
const garbage = (length: number): Float64Array => new Float64Array(length).fill(NaN);

/** The four operations on plain lists of numbers; every buffer to fill holds NaN before the call. */
export function im2mat(g: Geometry, INP: readonly number[]): Float64Array {
  const OUT = garbage(volume(mat(g)));
  onlyReads({ INP: Float64Array.from(INP) }, ({ INP }) => new Im2MatLayer(1, g).Im2Mat(INP, OUT, g.B, teamOfOne));
  return OUT;
}

export function mat2im(g: Geometry, dError_dOutput: readonly number[] | Real): Float64Array {
  const dError_dInput = garbage(volume(image(g)));
  onlyReads({ dError_dOutput: Float64Array.from(dError_dOutput) }, (given) =>
    new Im2MatLayer(1, g).Mat2Im(given.dError_dOutput, dError_dInput, g.B, teamOfOne),
  );
  return dError_dInput;
}

export function forward(g: Geometry, INP: Real, weights: readonly number[], biases: readonly number[]): Float64Array {
  const OUT = garbage(volume(output(g)));
  const param = params(weights, biases);
  const act = [activation(g, INP, INP), activation(g, OUT, OUT)];
  onlyReads({ INP, weights: param.weights, biases: param.biases }, () =>
    new Conv2DLayer(1, g).forward(act, [new Params(0, 0, Float64Array), param], teamOfOne),
  );
  return OUT;
}

export function backward(
  g: Geometry,
  INP: Real,
  weights: readonly number[],
  biases: readonly number[],
  dError_dOutput: readonly number[],
) {
  const dError_dInput = garbage(volume(mat(g)));
  const grad = new Params(weights.length, biases.length, Float64Array, {
    weights: garbage(weights.length),
    biases: garbage(biases.length),
  });
  const given = Float64Array.from(dError_dOutput);
  const act = [activation(g, INP, dError_dInput), activation(g, given.slice(), given)];
  const none = new Params(0, 0, Float64Array);
  const param = params(weights, biases);
  onlyReads({ INP, dError_dOutput: given, weights: param.weights, biases: param.biases }, () =>
    new Conv2DLayer(1, g).backward(act, [none, param], [none, grad], teamOfOne),
  );
  return { dError_dWeights: grad.weights, dError_dBiases: grad.biases, dError_dInput };
}

/** Calls `run` and throws if it changed one of the arrays that it was given to read. */
function onlyReads<T extends Record<string, Real>>(given: T, run: (given: T) => void): void {
  const before = Object.entries(given).map(([name, values]) => ({ name, values, copy: values.slice() }));
  run(given);
  for (const { name, values, copy } of before) {
    const difference = firstDifference(values, copy);
    if (!difference) continue;
    const { index, expected, got } = difference;
    throw new Error(
      `${name} is only read, but element ${index} was ${expected} before the call and is ${got} after it\n` +
        'likely: the result is written into the array that it comes from',
    );
  }
}

const activation = ({ B }: Geometry, out: Real, dError_dOutput: Real): Activation =>
  new Activation(B, out.length / B, Float64Array, { output: out, dError_dOutput });

const params = (weights: readonly number[], biases: readonly number[]): Params =>
  new Params(weights.length, biases.length, Float64Array, {
    weights: Float64Array.from(weights),
    biases: Float64Array.from(biases),
  });

const AXES = { image, mat, output, kernel, biases: ({ KnC }: Geometry) => ({ fc: KnC }) };

/**
 * Compares with what must come out, and names the first wrong element.
 *
 * @param what - how the array is called in the assignment
 * @param shape - which axes it has
 * @param hint - the likely cause, for this example
 */
export function expectArray(
  g: Geometry,
  what: string,
  shape: keyof typeof AXES,
  got: Real,
  expected: readonly number[] | Real,
  hint: string,
): void {
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b));
  const difference = firstDifference(got, Float64Array.from(expected), near);
  if (!difference) return;
  const axes = Object.entries(AXES[shape](g) as Sizes).map(([name, size]) => ({ name, size }));
  const sizes = `InY=${g.InY} InX=${g.InX} InC=${g.InC} KnY=${g.KnY} KnX=${g.KnX} KnC=${g.KnC} S=(${g.Sy}, ${g.Sx}) P=(${g.Py}, ${g.Px})`;
  const nan = Number.isNaN(difference.got)
    ? '\n(NaN: this element was never written, or something outside an array was read)'
    : '';
  throw new Error(`${describeDifference(difference, what, axes)}\n${sizes} B=${g.B}${nan}\nlikely: ${hint}`);
}
