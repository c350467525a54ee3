import { elementwiseInUse } from '@im2grade/engine';
import { elementsOf } from '../graph/Shape.ts';
import { only, type Operator, type Take } from './Operator.ts';

/** A function of each number by itself. */
export interface Activation {
  readonly kind: 'activation';
  readonly function: ActivationName;
  /** What the function's definition names alpha and beta, or the limits of a clip. */
  readonly alpha: number;
  readonly beta: number;
}

export type ActivationName = 'leaky-relu' | keyof typeof FUNCTIONS;

const PACE = 100;

export const activation: Operator<Activation> = {
  shape: (_, inputs) => only(inputs),

  work: ({ function: name }, _, output) => elementsOf(output) * (name === 'leaky-relu' ? PACE / 10 : PACE),

  prepare({ function: name, alpha, beta }, [layout]) {
    if (name === 'leaky-relu') return { layout, run: ([values], _, take) => rectified(values, alpha, take) };
    const compute = FUNCTIONS[name](alpha, beta);
    return {
      layout,
      run([values], _, take) {
        const result = take(values.length);
        for (let i = 0; i < values.length; i++) result[i] = compute(values[i]);
        return result;
      },
    };
  },
};

function rectified(values: Float32Array, slope: number, take: Take): Float32Array {
  const result = take(values.length);
  elementwiseInUse().rectify(values, values, result, slope);
  return result;
}

type Function = (x: number) => number;
const sigmoid: Function = (x) => 1 / (1 + Math.exp(-x));

/** By name, as ONNX defines them; ReLU is a leaky ReLU of slope 0. */
const FUNCTIONS = {
  sigmoid: () => sigmoid,
  tanh: () => Math.tanh,
  exp: () => Math.exp,
  sqrt: () => Math.sqrt,
  abs: () => Math.abs,
  erf: () => errorFunction,
  negate: () => (x: number) => -x,
  softplus: () => (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  clip: (least: number, most: number) => (x: number) => Math.min(Math.max(x, least), most),
  elu: (alpha: number) => (x: number) => (x > 0 ? x : alpha * Math.expm1(x)),
  selu: (alpha: number, gamma: number) => (x: number) => gamma * (x > 0 ? x : alpha * Math.expm1(x)),
  'hard-sigmoid': (alpha: number, beta: number) => (x: number) => Math.min(Math.max(alpha * x + beta, 0), 1),
  'hard-swish': () => (x: number) => (x * Math.min(Math.max(x + 3, 0), 6)) / 6,
  swish: () => (x: number) => x * sigmoid(x),
} satisfies Record<string, (alpha: number, beta: number) => Function>;

/** Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26: at most 1.5e-7 away. */
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}
