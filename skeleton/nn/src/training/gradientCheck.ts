import { differenceStep, GRADIENT_TOLERANCE, gradientError } from '../checking/centralDifference.ts';
import type { Network } from '../network/Network.ts';
import type { Real } from '@im2grade/engine';
import { createRandom } from '../numbers/random.ts';

/** One tensor of a gradient check, judged by its largest error. */
export interface TensorReport {
  readonly name: string;
  readonly size: number;
  /** Coordinates whose step crosses the kink of some layer: a difference means nothing there. */
  readonly skippedKinks: number;
  readonly maxError: number;
  readonly worstIndex: number;
  readonly analytic: number;
  readonly numeric: number;
}

export interface GradientReport {
  readonly tensors: readonly TensorReport[];
  readonly tolerance: number;
  readonly passed: boolean;
}

/**
 * Compares back-propagation with central differences of ⟨c, output⟩ for a random c: every parameter, and the network's
 * input, in double precision.
 *
 * The error of a coordinate is |a − n| / max(1, |a|, |n|); each tensor is judged by its largest, so that one wrong
 * element cannot hide behind many right ones.
 */
export function gradientCheck(network: Network, B: number, seed: number): GradientReport {
  const random = createRandom(seed);
  const normal = (length: number) => Float64Array.from({ length }, () => random.normal());
  const [input, cotangent] = [normal(B * network.nInputs), normal(B * network.nOutputs)];
  network.forward(input, B);
  network.backward(cotangent, B);
  const output = () => {
    // No member overwrites what another still reads from the last pass.
    network.team.barrier();
    return dot(network.forward(input, B), cotangent);
  };
  const tensors = [
    { name: 'input', values: input as Real, gradient: network.activations(B)[0].dError_dOutput.slice() },
    ...network.params.flatMap(({ weights, biases }, ID) => [
      { name: `layer ${ID} weights`, values: weights, gradient: network.grads[ID].weights.slice() },
      { name: `layer ${ID} biases`, values: biases, gradient: network.grads[ID].biases.slice() },
    ]),
  ].filter(({ values }) => values.length > 0);
  const reports = tensors.map(({ name, values, gradient }) => checkTensor(network, B, name, values, gradient, output));
  return {
    tensors: reports,
    tolerance: GRADIENT_TOLERANCE,
    passed: reports.every(({ maxError }) => maxError <= GRADIENT_TOLERANCE),
  };
}

function checkTensor(
  network: Network,
  B: number,
  name: string,
  values: Real,
  gradient: Real,
  output: () => number,
): TensorReport {
  let report: TensorReport = {
    name,
    size: values.length,
    skippedKinks: 0,
    maxError: 0,
    worstIndex: 0,
    analytic: gradient[0],
    numeric: gradient[0],
  };
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    // All members have read x before one of them changes it.
    network.team.barrier();
    const h = differenceStep(x);
    values[i] = x + h;
    const [up, sidesUp] = [output(), sidesOfKinks(network, B)];
    values[i] = x - h;
    const [down, sidesDown] = [output(), sidesOfKinks(network, B)];
    values[i] = x;
    if (sidesUp !== sidesDown) {
      report = { ...report, skippedKinks: report.skippedKinks + 1 };
      continue;
    }
    const numeric = (up - down) / (2 * h);
    const error = gradientError(gradient[i], numeric);
    if (!(error <= report.maxError))
      report = {
        ...report,
        maxError: Number.isNaN(error) ? Infinity : error,
        worstIndex: i,
        analytic: gradient[i],
        numeric,
      };
  }
  return report;
}

/** On which side of its kinks each layer was in the last forward pass, as text to compare. */
function sidesOfKinks(network: Network, B: number): string {
  const act = network.activations(B);
  return network.layers
    .map((layer) => Array.from(layer.kinks(act), (value) => (value > 0 ? '+' : '-')).join(''))
    .join('|');
}

const dot = (a: Real, b: Real): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

/** A line for each tensor: its largest error and the element that has it. */
export function renderGradientCheck({ tensors, tolerance }: GradientReport): string {
  return tensors
    .map(({ name, size, skippedKinks, maxError, worstIndex, analytic, numeric }) => {
      const verdict =
        maxError <= tolerance
          ? 'ok'
          : `WRONG at [${worstIndex}]: back-propagation ${analytic}, finite differences ${numeric}`;
      const kinks = skippedKinks > 0 ? `, ${skippedKinks} at a kink skipped` : '';
      return `${name.padEnd(18)} ${String(size).padStart(5)} values, largest error ${maxError.toExponential(1)}${kinks}: ${verdict}`;
    })
    .join('\n');
}
