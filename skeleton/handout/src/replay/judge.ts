import { describeDifference, type Difference, firstDifference, type Real } from '@im2grade/nn';
import type { Replay } from './planReplay.ts';

type Dtype = 'float64' | 'float32';

/** One call of an entry's function, on buffers that hold zeros or garbage. */
export interface FunctionCall {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Real[];
  readonly outputs: readonly { readonly dtype: Dtype; readonly length: number; readonly fill: 'zero' | 'garbage' }[];
}

/** All arrays after the call, or what the function did instead of returning. */
export type Answer =
  { readonly inputs: readonly Real[]; readonly outputs: readonly Real[] } | { readonly fault: string };

export type Verdict =
  | { readonly status: 'right' }
  | { readonly status: 'wrong'; readonly message: string; readonly expected: Real; readonly got: Real }
  | { readonly status: 'fault'; readonly message: string }
  /** A report does not hold enough to decide the law. */
  | { readonly status: 'changed' };

/** A sum of a few hundred terms rounds by less; a wrong one misses by far more. */
const ROUNDINGS = 1024;

/**
 * Runs a counterexample again and compares.
 *
 * @param call - runs the function
 */
export async function judge(replay: Replay, call: (call: FunctionCall) => Promise<Answer>): Promise<Verdict> {
  const { expected, counterexample, compared, against } = replay;
  const { dtype } = counterexample;
  const runOn = async (fill: 'zero' | 'garbage') => {
    const answer = await call(callOf(replay, fill));
    return 'fault' in answer ? answer.fault : answer[compared.of][compared.index];
  };
  const [clean, spoilt] = [await runOn('zero'), await runOn('garbage')];
  for (const answer of [clean, spoilt]) if (typeof answer === 'string') return { status: 'fault', message: answer };
  const results = [clean, spoilt] as Real[];
  if (against === 'other-inputs' && change(replay, results[0], real(dtype, counterexample.got?.values ?? [])))
    return { status: 'changed' };
  const must = against === 'other-buffer' ? results[0] : real(dtype, expected.values);
  for (const got of results) {
    const difference = mistake(replay, got, must);
    if (!difference) continue;
    const message = describeDifference(difference, expected.name, expected.axes);
    return { status: 'wrong', message, expected: must, got };
  }
  return { status: 'right' };
}

function callOf({ counterexample, name, options, inputs, outputs }: Replay, fill: 'zero' | 'garbage'): FunctionCall {
  const { dtype } = counterexample;
  return {
    name,
    options,
    inputs: inputs.map((values) => real(dtype, values)),
    outputs: outputs.map((length) => ({ dtype, length, fill })),
  };
}

const real = (dtype: Dtype, values: ArrayLike<number>): Real =>
  dtype === 'float32' ? Float32Array.from(values) : Float64Array.from(values);

/** The first element that is not what the report says it was: a function that still gives NaN has not changed. */
function change(replay: Replay, now: Real, then: Real): Difference | undefined {
  const isNear = nearness(replay, then);
  return firstDifference(now, then, (a, b) => isNear(a, b) || (Number.isNaN(a) && Number.isNaN(b)));
}

/** The first element that is not what a law asks for. */
function mistake(replay: Replay, got: Real, must: Real): Difference | undefined {
  const isNear = nearness(replay, must);
  return firstDifference(got, must, isNear);
}

function nearness({ exact, counterexample }: Replay, must: Real): (a: number, b: number) => boolean {
  if (exact) return isSame;
  const finite = Array.from(must).filter(Number.isFinite);
  const largest = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const roundoff = counterexample.dtype === 'float32' ? 2 ** -24 : 2 ** -53;
  return (a, b) => isSame(a, b) || Math.abs(a - b) <= ROUNDINGS * roundoff * largest;
}

/** −0 is 0, and NaN equals nothing. */
const isSame = (a: number, b: number): boolean => a === b;
