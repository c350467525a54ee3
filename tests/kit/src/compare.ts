import { type Axis, coordinates, type Geometry, type Real } from '@im2grade/nn';
import type { Counterexample, Tensor } from '@im2grade/grader/model/evidence.ts';
import type { Sums } from './oracle/sums.ts';
import { tensorOf } from './tensors.ts';
import { CriterionFailure } from './verdicts.ts';

/** The sizes of a case, by their names. */
export type Sizes = Geometry | Readonly<Record<string, number>>;

/** One comparison of what came back with what had to come back. */
export interface Comparison {
  /** The law, as a sentence. */
  readonly law: string;
  /** What the array is called: `mat`, `dError_dInput`. */
  readonly name: string;
  readonly axes: readonly Axis[];
  readonly got: Real;
  /** Plain values must be copied exactly; sums may be summed in any order. */
  readonly expected: Real | Sums;
  readonly geometry: Sizes;
  readonly inputs: readonly (Tensor | undefined)[];
  /** Finds a mistake that would give just this result. */
  readonly explain?: (got: Real) => string | undefined;
}

/** Unit roundoff of an array's type. */
const roundoff = (values: Real): number => (values[Symbol.toStringTag] === 'Float32Array' ? 2 ** -24 : 2 ** -53);

/** γₖ = k·u / (1 − k·u): Higham, Accuracy and Stability of Numerical Algorithms, §3.1. */
const gamma = (k: number, u: number): number => (k * u) / (1 - k * u);

const isSums = (expected: Real | Sums): expected is Sums => 'magnitudes' in expected;

/**
 * Compares element by element and stops at the first wrong one.
 *
 * Copies by `Object.is`, so that −0 and NaN cannot slip through; sums within twice the a-priori bound γₖ·Σ|terms|
 * (once for the submission, once for the oracle), which every order of summation keeps.
 *
 * @throws CriterionFailure with the counterexample
 */
export function expectEqual(comparison: Comparison): void {
  const { got, expected } = comparison;
  const values = isSums(expected) ? expected.values : expected;
  const wrong = isSums(expected)
    ? firstBeyondBound(got, expected)
    : values.findIndex((value, i) => !Object.is(value, got[i]));
  if (wrong < 0) return;
  const { law, name, axes, geometry, inputs, explain } = comparison;
  const message = `first wrong element ${name}[${coordinates(wrong, axes)}]: expected ${values[wrong]}, got ${got[wrong]}`;
  const cause = explain?.(got) ?? nonFiniteCause(got);
  const counterexample: Counterexample = {
    type: 'counterexample',
    law,
    message,
    ...(cause ? { cause } : {}),
    geometry: { ...geometry },
    dtype: got[Symbol.toStringTag] === 'Float32Array' ? 'float32' : 'float64',
    inputs: inputs.filter((tensor) => tensor !== undefined).map((tensor) => ({ ...tensor })),
    ...tensors(name, axes, values, got),
    wrongIndex: wrong,
  };
  throw new CriterionFailure(message, [counterexample]);
}

/** An input after the call, compared bit by bit with what was handed over. */
export function expectUntouched(input: {
  readonly name: string;
  readonly axes: readonly Axis[];
  readonly geometry: Sizes;
  readonly before: Real;
  readonly after: Real;
}): void {
  const { name, axes, geometry, before, after } = input;
  const inputs = [tensorOf(name, before, axes)];
  const explain = () => `${name} is written to: work on an array of your own`;
  expectEqual({ law: `${name} is only read`, name, axes, geometry, got: after, expected: before, inputs, explain });
}

function tensors(
  name: string,
  axes: readonly Axis[],
  expected: Real,
  got: Real,
): Pick<Counterexample, 'expected' | 'got'> {
  const [expectedTensor, gotTensor] = [tensorOf(name, expected, axes), tensorOf(name, got, axes)];
  return expectedTensor && gotTensor ? { expected: { ...expectedTensor }, got: { ...gotTensor } } : {};
}

function firstBeyondBound(got: Real, { values, magnitudes, terms }: Sums): number {
  // One term more than the sum has: writing a result in the array's own type rounds once.
  const factor = 2 * gamma(terms + 1, roundoff(got));
  return values.findIndex((value, i) => !(Math.abs(value - got[i]) <= factor * magnitudes[i]));
}

function nonFiniteCause(got: Real): string | undefined {
  return got.some((value) => Number.isNaN(value))
    ? 'NaN: an element was never written, or read from outside an array'
    : undefined;
}
