import { createRandom } from '@im2grade/nn';
import { type GradientCheck, toNum } from '@im2grade/grader/model/evidence.ts';
import { CriterionFailure } from './verdicts.ts';

/** A differentiable function of named tensors, evaluated in another process. */
export interface Differentiable {
  /** What is checked, for the report. */
  readonly network: string;
  readonly tensors: readonly { readonly name: string; readonly values: Float64Array }[];
  readonly outputSize: number;
  /** The output at these tensors. */
  forward(tensors: readonly Float64Array[]): Promise<Float64Array>;
  /** Gradients of ⟨cotangent, output⟩ with respect to each tensor. */
  backward(tensors: readonly Float64Array[], cotangent: Float64Array): Promise<Float64Array[]>;
  /** Inputs of the kinked functions (LReLU) at these tensors; a coordinate is skipped when one changes its sign. */
  kinks?(tensors: readonly Float64Array[]): Float64Array;
}

/** ∛ε: balances truncation against rounding in a central difference. */
const STEP = Math.cbrt(Number.EPSILON);
/** Truncation leaves about h² ≈ 4e-11 times the third derivative; a wrong gradient misses by far more. */
const TOLERANCE = 1e-6;
/** Coordinates checked in each tensor; all of them where there are fewer. */
const COORDINATES = 48;

type TensorCheck = GradientCheck['tensors'][number];

/**
 * Compares gradients with central differences for a random cotangent: every tensor judged by its largest error
 * |a − n| / max(1, |a|, |n|).
 *
 * @throws CriterionFailure naming the worst tensor and element
 */
export async function checkGradient(f: Differentiable, seed: number): Promise<GradientCheck> {
  const random = createRandom(seed);
  const cotangent = Float64Array.from({ length: f.outputSize }, () => random.normal());
  const at = f.tensors.map(({ values }) => values.slice());
  const analytic = await f.backward(at, cotangent);
  const tensors: TensorCheck[] = [];
  for (let t = 0; t < at.length; t++) tensors.push(await checkTensor(f, at, t, analytic[t], cotangent, seed));
  const check: GradientCheck = { type: 'gradient-check', network: f.network, tolerance: TOLERANCE, tensors };
  const worst = tensors.reduce((a, b) => (errorOf(b) > errorOf(a) ? b : a));
  if (errorOf(worst) <= TOLERANCE) return check;
  throw new CriterionFailure(
    `${f.network}: gradient of ${worst.name}[${worst.worstIndex}] is ${worst.analytic}, finite differences give ${worst.numeric}`,
    [check],
  );
}

/** A gradient that is not a number is as wrong as can be. */
const errorOf = ({ maxError }: TensorCheck): number => (Number.isNaN(Number(maxError)) ? Infinity : Number(maxError));

async function checkTensor(
  f: Differentiable,
  at: Float64Array[],
  t: number,
  gradient: Float64Array,
  cotangent: Float64Array,
  seed: number,
): Promise<TensorCheck> {
  const values = at[t];
  const check = {
    name: f.tensors[t].name,
    size: values.length,
    skippedKinks: 0,
    maxError: 0 as number,
    worstIndex: 0,
    analytic: 0,
    numeric: 0,
  };
  for (const index of sample(values.length, seed + t)) {
    const numeric = await centralDifference(f, at, values, index, cotangent);
    if (numeric === undefined) {
      check.skippedKinks++;
      continue;
    }
    const error = Math.abs(gradient[index] - numeric) / Math.max(1, Math.abs(gradient[index]), Math.abs(numeric));
    if (error > check.maxError || Number.isNaN(error))
      Object.assign(check, { maxError: error, worstIndex: index, analytic: gradient[index], numeric });
    if (Number.isNaN(error)) break;
  }
  return { ...check, maxError: toNum(check.maxError), analytic: toNum(check.analytic), numeric: toNum(check.numeric) };
}

async function centralDifference(
  f: Differentiable,
  at: Float64Array[],
  values: Float64Array,
  index: number,
  cotangent: Float64Array,
): Promise<number | undefined> {
  const x = values[index];
  const h = STEP * Math.max(1, Math.abs(x));
  try {
    values[index] = x + h;
    const [up, kinksUp] = [dot(await f.forward(at), cotangent), f.kinks?.(at)];
    values[index] = x - h;
    const [down, kinksDown] = [dot(await f.forward(at), cotangent), f.kinks?.(at)];
    if (kinksUp?.some((value, i) => value > 0 !== kinksDown![i] > 0)) return undefined;
    return (up - down) / (2 * h);
  } finally {
    values[index] = x;
  }
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);

function sample(length: number, seed: number): Int32Array {
  const indices = Int32Array.from({ length }, (_, i) => i);
  createRandom(seed).shuffle(indices);
  return indices.slice(0, COORDINATES);
}
