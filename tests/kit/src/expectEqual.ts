import type { Call, Values } from '@im2grade/grader/model/examination.ts';
import { type Axis, coordinates, type Geometry, type Real } from '@im2grade/nn';
import type { Counterexample } from '@im2grade/grader/model/evidence.ts';
import type { Sums } from './oracle/sums.ts';
import { type Origin, replayOf } from './replayOf.ts';
import { type NamedArray, tensorOf } from './tensors.ts';
import { CriterionFailure } from './verdicts.ts';

/** The sizes of a case, by their names. */
export type Sizes = Geometry | Readonly<Record<string, number>>;

/** One comparison of a result with the expected one. */
export interface Comparison {
  /** The law, as a sentence. */
  readonly law: string;
  /** The name of the array: `mat`, `dError_dInput`. */
  readonly name: string;
  readonly axes: readonly Axis[];
  readonly got: Real;
  /** Plain values must be copied exactly; sums may be summed in any order. */
  readonly expected: Real | Sums;
  readonly geometry: Sizes;
  /** What the result depends on; what is left out may be anything. */
  readonly inputs: readonly NamedArray[];
  /** Where `got` came from; without it a report's reader cannot run the case again. */
  readonly origin?: Origin;
  /** Finds a mistake that would give exactly this result. */
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
 * Copies by `===`: −0 equals 0. Sums within twice the a-priori bound γₖ·Σ|terms| (once for the submission, once for the
 * oracle), which every order of summation keeps. Only a comparison with other results of the submission can expect NaN:
 * that is charged elsewhere, and not compared.
 *
 * @throws CriterionFailure with the counterexample
 *
 * @example
 * ```ts
 * const x = Float64Array.of(-1, 2);
 * const axes = [{ name: 'i', size: 2 }];
 * const { outputs } = await submission.call(call);
 * expectEqual({
 *   law: 'y[i] = max(0, x[i])',
 *   name: 'y',
 *   axes,
 *   got: outputs[0] as Float64Array,
 *   expected: Float64Array.of(0, 2),
 *   geometry: {},
 *   inputs: [{ name: 'x', axes, values: x }],
 *   origin: { call },
 * });
 * ```
 */
export function expectEqual(comparison: Comparison): void {
  const { got, expected } = comparison;
  const values = isSums(expected) ? expected.values : expected;
  const wrong = isSums(expected)
    ? firstBeyondBound(got, expected)
    : values.findIndex((value, i) => !isSame(value, got[i]));
  if (wrong < 0) return;
  const { law, name, axes, geometry, inputs, explain } = comparison;
  const found = isSums(expected) ? '' : whereCopied(values[wrong], got[wrong], inputs);
  const message = `first wrong element ${name}[${coordinates(wrong, axes)}]: expected ${values[wrong]}, got ${got[wrong]}${found}`;
  const cause = explain?.(got) ?? (Number.isNaN(got[wrong]) ? NAN : roundedCause(values, got));
  const replay = replayOf(comparison, !isSums(expected));
  const counterexample: Counterexample = {
    type: 'counterexample',
    law,
    message,
    ...(cause ? { cause } : {}),
    geometry: { ...geometry },
    dtype: got[Symbol.toStringTag] === 'Float32Array' ? 'float32' : 'float64',
    inputs: inputs.map(tensorOf).filter((tensor) => tensor !== undefined),
    ...tensors(name, axes, values, got),
    wrongIndex: wrong,
    ...(replay ? { replay } : {}),
  };
  throw new CriterionFailure(message, [counterexample]);
}

/**
 * An input after the call, compared number by number with its original.
 *
 * @example
 * ```ts
 * const { inputs } = await submission.call({ ...call, returnInputs: true });
 * expectUntouched({ name: 'x', axes: [{ name: 'i', size: 2 }], geometry: {}, call, index: 0, after: inputs[0] });
 * ```
 */
export function expectUntouched(input: {
  readonly name: string;
  readonly axes: readonly Axis[];
  readonly geometry: Sizes;
  readonly call: Call;
  /** Which of the call's inputs. */
  readonly index: number;
  readonly after: Values;
}): void {
  const { name, axes, geometry, call, index, after } = input;
  const before = call.inputs[index] as Real;
  expectEqual({
    law: `${name} is only read`,
    name,
    axes,
    geometry,
    got: after as Real,
    expected: before,
    inputs: [{ name, axes, values: before }],
    origin: { call, compared: { of: 'inputs', index } },
    explain: () => `${name} is written to: use an array of your own`,
  });
}

const isSame = (expected: number, got: number): boolean => Number.isNaN(expected) || expected === got;

/** Which number was copied in place of the right one, if a copy is expected. */
function whereCopied(expected: number, got: number, inputs: readonly NamedArray[]): string {
  const placesOf = (value: number): string[] =>
    inputs.flatMap(({ name, axes, values }) =>
      Array.from(values).flatMap((each, i) => (each === value ? [`${name}[${coordinates(i, axes)}]`] : [])),
    );
  const isCopy = inputs.length > 0 && (expected === 0 || placesOf(expected).length > 0);
  if (!isCopy || got === 0 || !Number.isFinite(got)) return '';
  const places = placesOf(got);
  if (places.length === 0) return `, which is nowhere in ${inputs.map(({ name }) => name).join(', ')}`;
  return places.length === 1 ? `, which is ${places[0]}` : '';
}

function tensors(
  name: string,
  axes: readonly Axis[],
  expected: Real,
  got: Real,
): Pick<Counterexample, 'expected' | 'got'> {
  const tensor = tensorOf({ name, axes, values: expected });
  const came = tensorOf({ name, axes, values: got });
  return tensor && came ? { expected: tensor, got: came } : {};
}

function firstBeyondBound(got: Real, { values, magnitudes, terms }: Sums): number {
  // One term more than the sum has: storing the result in the array's own type rounds once.
  const factor = 2 * gamma(terms + 1, roundoff(got));
  return values.findIndex(
    (value, i) => !isSame(value, got[i]) && !(Math.abs(value - got[i]) <= factor * magnitudes[i]),
  );
}

const NAN = 'NaN: an element was never written, or read from outside an array';

const roundedCause = (expected: Real, got: Real): string | undefined =>
  expected.every((value, i) => Math.fround(value) === got[i])
    ? 'every element is rounded to float32: use the type of the arrays that you are given'
    : undefined;
