import { afterAll } from '@jest/globals';
import { convGeometry, describeDifference, firstDifference, type Geometry, type Real } from '@im2grade/nn';
import { type ParallelWork, teamOfEnvironment } from '@im2grade/engine/run';
import { callBackward, callForward, callIm2Mat, callMat2Im } from './parallelCalls.ts';

export { convGeometry };

const image = ({ B, InY, InX, InC }: Geometry) => ({ b: B, iy: InY, ix: InX, ic: InC });
const mat = ({ B, OpY, OpX, KnY, KnX, InC }: Geometry) => ({ b: B, oy: OpY, ox: OpX, fy: KnY, fx: KnX, ic: InC });
const output = ({ B, OpY, OpX, KnC }: Geometry) => ({ b: B, oy: OpY, ox: OpX, fc: KnC });
const kernel = ({ KnY, KnX, InC, KnC }: Geometry) => ({ fy: KnY, fx: KnX, ic: InC, fc: KnC });

type Sizes = Record<string, number>;
const volume = (sizes: Sizes): number => Object.values(sizes).reduce((a, b) => a * b, 1);

/** A team of OMP_NUM_THREADS members; one without it. */
const team = teamOfEnvironment(process.env);
const MODULE = new URL('./parallelCalls.ts', import.meta.url).href;
afterAll(() => team.close());

const shared = (values: readonly number[] | Real): Real => {
  const array = team.allocate(Float64Array, values.length);
  array.set(values);
  return array;
};
const garbage = (length: number): Real => shared(new Array<number>(length).fill(NaN));

/** The four operations on plain lists of numbers; every buffer to fill holds NaN before the call. */
export function im2mat(g: Geometry, INP: readonly number[]): Real {
  const OUT = garbage(volume(mat(g)));
  onlyReads({ INP: shared(INP) }, (given) => runOnTeam(callIm2Mat, { g, ...given }, { OUT }));
  return OUT;
}

export function mat2im(g: Geometry, dError_dOutput: readonly number[] | Real): Real {
  const dError_dInput = garbage(volume(image(g)));
  onlyReads({ dError_dOutput: shared(dError_dOutput) }, (given) =>
    runOnTeam(callMat2Im, { g, ...given }, { dError_dInput }),
  );
  return dError_dInput;
}

export function forward(g: Geometry, INP: Real, weights: readonly number[], biases: readonly number[]): Real {
  const OUT = garbage(volume(output(g)));
  onlyReads({ INP, weights: shared(weights), biases: shared(biases) }, (given) =>
    runOnTeam(callForward, { g, ...given }, { OUT }),
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
  const filled = {
    dError_dWeights: garbage(weights.length),
    dError_dBiases: garbage(biases.length),
    dError_dInput: garbage(volume(mat(g))),
  };
  const read = { INP, weights: shared(weights), biases: shared(biases), dError_dOutput: shared(dError_dOutput) };
  onlyReads(read, (given) => runOnTeam(callBackward, { g, ...given }, filled));
  return filled;
}

/** All members on time, and each of them late. */
const STRAGGLERS = team.size === 1 ? [undefined] : [undefined, ...Array.from({ length: team.size }, (_, rank) => rank)];

/**
 * All members run a function, repeatedly if they are several: whichever of them starts late and leaves every barrier
 * late, the results must be the same.
 *
 * @param outputs - what it fills; full of NaN before each run
 */
function runOnTeam<Given, Outputs extends Record<string, Real>>(
  work: ParallelWork<Given & Outputs>,
  given: Given,
  outputs: Outputs,
): void {
  const onTime = new Map<string, Real>();
  for (const straggler of STRAGGLERS) {
    for (const values of Object.values(outputs)) values.fill(NaN);
    team.run(work, MODULE, { ...given, ...outputs }, { straggler });
    for (const [name, values] of Object.entries(outputs)) {
      const difference = firstDifference(values, onTime.get(name) ?? values, near);
      onTime.set(name, onTime.get(name) ?? values.slice());
      if (!difference) continue;
      const { index, expected, got } = difference;
      throw new Error(
        `element ${index} of ${name} is ${got} if thread ${straggler} of ${team.size} is late, and ${expected} if all are on time\n` +
          'likely: a barrier is missing, or two threads write to the same element',
      );
    }
  }
}

const near = (a: number, b: number): boolean => Object.is(a, b) || Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b));

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

const AXES = { image, mat, output, kernel, biases: ({ KnC }: Geometry) => ({ fc: KnC }) };

/**
 * Compares with the expected values, and names the first wrong element.
 *
 * @param what - the array's name in the assignment
 * @param shape - its axes
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
  const difference = firstDifference(got, Float64Array.from(expected), near);
  if (!difference) return;
  const axes = Object.entries(AXES[shape](g) as Sizes).map(([name, size]) => ({ name, size }));
  const sizes = `InY=${g.InY} InX=${g.InX} InC=${g.InC} KnY=${g.KnY} KnX=${g.KnX} KnC=${g.KnC} S=(${g.Sy}, ${g.Sx}) P=(${g.Py}, ${g.Px})`;
  const nan = Number.isNaN(difference.got)
    ? '\n(NaN: this element was never written, or something outside an array was read)'
    : '';
  throw new Error(`${describeDifference(difference, what, axes)}\n${sizes} B=${g.B}${nan}\nlikely: ${hint}`);
}
