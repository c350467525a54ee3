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
  /** Inputs of the kinked functions (LReLU) at these tensors; a coordinate is skipped when one changes its sign. */
  kinks?(tensors: readonly Float64Array[]): Float64Array;
}

/** Coordinates checked in each tensor; all of them if there are fewer. */
const COORDINATES = 48;
/** In a tensor with a wrong element, so that its map shows which ones. */
const COORDINATES_OF_MAP = 512;

type TensorCheck = GradientCheck['tensors'][number];

/**
 * Compares gradients with central differences for a random cotangent: every tensor judged by its largest error
 * |a − n| / max(1, |a|, |n|).
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
 * credit(1, '', [await checkGradient(square, seed)]);
 * ```
 */
export async function checkGradient(f: Differentiable, seed: number): Promise<GradientCheck> {
  const random = createRandom(seed);
  const cotangent = Float64Array.from({ length: f.outputSize }, () => random.normal());
  const at = f.tensors.map(({ values }) => values.slice());
  const analytic = await f.backward(at, cotangent);
  const tensors: TensorCheck[] = [];
  for (let t = 0; t < at.length; t++)
    tensors.push(await checkTensor({ f, at, t, gradient: analytic[t], cotangent }, seed + t));
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

/** One tensor of a function, with the gradient of back-propagation. */
interface Differentiated {
  readonly f: Differentiable;
  readonly at: Float64Array[];
  readonly t: number;
  readonly gradient: Float64Array;
  readonly cotangent: Float64Array;
}

/** One element's gradient both ways; no error if there is a kink between the two differences. */
interface Element {
  readonly index: number;
  readonly analytic: number;
  readonly numeric: number | undefined;
  readonly error: number;
}

async function checkTensor(one: Differentiated, seed: number): Promise<TensorCheck> {
  const { f, at, t } = one;
  const order = shuffled(at[t].length, seed);
  const elements = await compare(one, order.slice(0, COORDINATES));
  if (elements.some(({ error }) => !(error <= TOLERANCE)))
    elements.push(...(await compare(one, order.slice(COORDINATES, COORDINATES_OF_MAP))));
  const compared = elements.filter((element): element is Element & Compared => element.numeric !== undefined);
  const { name, axes, values } = f.tensors[t];
  return {
    name,
    size: values.length,
    skippedKinks: elements.length - compared.length,
    ...worstOf(compared),
    ...mapOf(axes, values.length, compared),
  };
}

async function compare(
  { f, at, t, gradient, cotangent }: Differentiated,
  indices: Iterable<number>,
): Promise<Element[]> {
  const elements: Element[] = [];
  for (const index of indices) {
    const analytic = gradient[index];
    const numeric = await centralDifference(f, at, at[t], index, cotangent);
    const error = numeric === undefined ? 0 : gradientError(analytic, numeric);
    elements.push({ index, analytic, numeric, error });
  }
  return elements;
}

function worstOf(
  compared: readonly (Element & Compared)[],
): Pick<TensorCheck, 'maxError' | 'worstIndex' | 'analytic' | 'numeric' | 'cause'> {
  const none = { index: 0, error: 0, analytic: 0, numeric: 0 };
  const worst = compared.reduce((a, b) => (orInfinite(b.error) > orInfinite(a.error) ? b : a), none);
  const cause = gradientCause(compared.filter(({ error }) => !(error <= TOLERANCE)));
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

async function centralDifference(
  f: Differentiable,
  at: Float64Array[],
  values: Float64Array,
  index: number,
  cotangent: Float64Array,
): Promise<number | undefined> {
  const x = values[index];
  const h = differenceStep(x);
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

function shuffled(length: number, seed: number): Int32Array {
  const indices = Int32Array.from({ length }, (_, i) => i);
  createRandom(seed).shuffle(indices);
  return indices;
}
