import {
  type Axis,
  coordinates,
  createRandom,
  differenceStep,
  GRADIENT_TOLERANCE as TOLERANCE,
  gradientError,
} from '@im2grade/nn';
import { type GradientCheck, MAX_TENSOR_VALUES, toNum } from '@im2grade/grader/model/evidence.ts';
import { type Compared, gradientCause } from './gradientCause.ts';
import { CriterionFailure } from './verdicts.ts';

/** Axes are in the order of the values, the last one running fastest. */
interface NamedTensor {
  readonly name: string;
  readonly axes: readonly Axis[];
  readonly values: Float64Array;
}

/** A differentiable function of named tensors, evaluated in another process. */
export interface Differentiable {
  /** What is checked, for the report. */
  readonly network: string;
  readonly tensors: readonly NamedTensor[];
  readonly outputSize: number;
  /** The output at these tensors. */
  forward(tensors: readonly Float64Array[]): Promise<Float64Array>;
  /** Gradients of ⟨cotangent, output⟩ with respect to each tensor. */
  backward(tensors: readonly Float64Array[], cotangent: Float64Array): Promise<Float64Array[]>;
}

/** Coordinates checked in each tensor; all of them if there are fewer. */
const COORDINATES = 48;
/** In a tensor with a wrong element, so that its map shows which ones. */
const COORDINATES_OF_MAP = 512;

type TensorCheck = GradientCheck['tensors'][number];

/**
 * Compares gradients with central differences for a random cotangent: every tensor judged by its largest error
 * |a − n| / max(1, |a|, |n|). A wrong element at which the reference is wrong too is skipped: between the two
 * differences there is a kink (of ReLU or of a maximum), and no gradient agrees with them.
 *
 * @param f - the submission's function
 * @param reference - the same function, computed by the reference
 *
 * @throws CriterionFailure naming the worst tensor and element
 *
 * @example
 * ```ts
 * const square: Differentiable = {
 *   network: 'x²',
 *   tensors: [{ name: 'x', axes: [{ name: 'i', size: 2 }], values: Float64Array.of(1, -2) }],
 *   outputSize: 2,
 *   forward: async ([x]) => x.map((value) => value ** 2),
 *   backward: async ([x], cotangent) => [x.map((value, i) => 2 * value * cotangent[i])],
 * };
 * credit(1, '', [await checkGradient(square, square, seed)]);
 * ```
 */
export async function checkGradient(
  f: Differentiable,
  reference: Differentiable,
  seed: number,
): Promise<GradientCheck> {
  const random = createRandom(seed);
  const cotangent = Float64Array.from({ length: f.outputSize }, () => random.normal());
  const submission = await differentiate(f, cotangent);
  const isKink = kinksOf(reference, cotangent);
  const tensors: TensorCheck[] = [];
  for (let t = 0; t < f.tensors.length; t++) tensors.push(await checkTensor(submission, t, isKink, seed + t));
  const check: GradientCheck = { type: 'gradient-check', network: f.network, tolerance: TOLERANCE, tensors };
  const worst = tensors.reduce((a, b) => (errorOf(b) > errorOf(a) ? b : a));
  // If everything is right a map shows nothing, and is as large as the rest of a report.
  if (errorOf(worst) <= TOLERANCE) return { ...check, tensors: tensors.map(({ errors: _, ...tensor }) => tensor) };
  const { axes } = f.tensors[tensors.indexOf(worst)];
  throw new CriterionFailure(
    `${f.network}: gradient of ${worst.name}[${coordinates(worst.worstIndex, axes)}] is ${worst.analytic}, finite differences give ${worst.numeric}`,
    [check],
  );
}

/** A gradient that is not a number is infinitely wrong. */
const errorOf = ({ maxError }: Pick<TensorCheck, 'maxError'>): number => orInfinite(Number(maxError));

const orInfinite = (error: number): number => (Number.isNaN(error) ? Infinity : error);

/** A function at a point, with its gradients by back-propagation. */
interface Differentiated {
  readonly f: Differentiable;
  readonly at: Float64Array[];
  readonly gradients: readonly Float64Array[];
  readonly cotangent: Float64Array;
}

async function differentiate(f: Differentiable, cotangent: Float64Array): Promise<Differentiated> {
  const at = f.tensors.map(({ values }) => values.slice());
  return { f, at, gradients: await f.backward(at, cotangent), cotangent };
}

/** One element's gradient both ways. */
interface Element extends Compared {
  readonly index: number;
  readonly error: number;
}

const isRight = ({ error }: Pick<Element, 'error'>): boolean => error <= TOLERANCE;

/** One element of tensor `t`. */
async function elementAt(of: Differentiated, t: number, index: number): Promise<Element> {
  const analytic = of.gradients[t][index];
  const numeric = await centralDifference(of, t, index);
  return { index, analytic, numeric, error: gradientError(analytic, numeric) };
}

/** Whether there is a kink at an element of tensor `t`. */
type IsKink = (t: number, index: number) => Promise<boolean>;

/** The reference is asked about wrong elements only, so a right submission costs no call of it. */
function kinksOf(reference: Differentiable, cotangent: Float64Array): IsKink {
  let differentiated: Promise<Differentiated> | undefined;
  return async (t, index) =>
    !isRight(await elementAt(await (differentiated ??= differentiate(reference, cotangent)), t, index));
}

async function checkTensor(submission: Differentiated, t: number, isKink: IsKink, seed: number): Promise<TensorCheck> {
  const { name, axes, values } = submission.f.tensors[t];
  const order = shuffled(values.length, seed);
  const compared: Element[] = [];
  let skippedKinks = 0;
  const compare = async (indices: Int32Array): Promise<void> => {
    for (const index of indices) {
      const element = await elementAt(submission, t, index);
      if (isRight(element) || !(await isKink(t, index))) compared.push(element);
      else skippedKinks++;
    }
  };
  await compare(order.subarray(0, COORDINATES));
  if (!compared.every(isRight)) await compare(order.subarray(COORDINATES, COORDINATES_OF_MAP));
  return { name, size: values.length, skippedKinks, ...worstOf(compared), ...mapOf(axes, values.length, compared) };
}

function worstOf(
  compared: readonly Element[],
): Pick<TensorCheck, 'maxError' | 'worstIndex' | 'analytic' | 'numeric' | 'cause'> {
  const none = { index: 0, error: 0, analytic: 0, numeric: 0 };
  const worst = compared.reduce((a, b) => (orInfinite(b.error) > orInfinite(a.error) ? b : a), none);
  const cause = gradientCause(compared.filter((element) => !isRight(element)));
  return {
    maxError: toNum(worst.error),
    worstIndex: worst.index,
    analytic: toNum(worst.analytic),
    numeric: toNum(worst.numeric),
    ...(cause !== undefined && { cause }),
  };
}

/** The errors at their positions; nothing for a tensor that is too large for a report. */
function mapOf(axes: readonly Axis[], size: number, compared: readonly Element[]): Pick<TensorCheck, 'errors'> {
  if (size > MAX_TENSOR_VALUES) return {};
  const errors = new Map(compared.map(({ index, error }) => [index, error]));
  const values = Array.from({ length: size }, (_, index) => {
    const error = errors.get(index);
    return error === undefined ? null : toNum(rounded(error));
  });
  return { errors: { axes: axes.map((axis) => ({ ...axis })), values } };
}

/** A picture needs no more. */
const rounded = (error: number): number => Number(error.toPrecision(2));

async function centralDifference({ f, at, cotangent }: Differentiated, t: number, index: number): Promise<number> {
  const values = at[t];
  const x = values[index];
  const h = differenceStep(x);
  try {
    values[index] = x + h;
    const up = dot(await f.forward(at), cotangent);
    values[index] = x - h;
    const down = dot(await f.forward(at), cotangent);
    return (up - down) / (2 * h);
  } finally {
    values[index] = x;
  }
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);

function shuffled(length: number, seed: number): Int32Array {
  const indices = Int32Array.from({ length }, (_, i) => i);
  createRandom(seed).shuffle(indices);
  return indices;
}
