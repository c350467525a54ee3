import { createRandom, differenceStep, GRADIENT_TOLERANCE, gradientError, type Random } from '@im2grade/nn';
import { type Tensor, zeros } from '@im2grade/tensor';
import { type NeuralNet, SEED } from './NeuralNet.ts';

/** How the gradient of one tensor of parameters compares with finite differences. */
export interface GradientVerdict {
  /** `conv_1.weights` */
  readonly name: string;
  readonly checked: number;
  /** |a − n| / max(1, |a|, |n|), the largest one. */
  readonly worst: number;
  /** The element with that error, its gradient by back-propagation, and its gradient by differences. */
  readonly index: number;
  readonly analytic: number;
  readonly numeric: number;
  /** The gradient is zero everywhere: this usually means that something is wrong. */
  readonly allZero: boolean;
  readonly passed: boolean;
}

interface GradientCheckOptions {
  readonly batchSize?: number;
  readonly seed?: number;
  /** How many elements of each tensor, chosen at random. */
  readonly samples?: number;
  readonly tolerance?: number;
}

/**
 * Compares the gradients that back-propagation gives for all parameters with central differences of the cost, on random
 * images. The cost is the mean over a batch of several images, so that sums and means differ. Every parameter has its old
 * value afterwards.
 */
export function checkGradients(
  net: NeuralNet,
  { batchSize = 3, seed = SEED, samples = 1000, tolerance = GRADIENT_TOLERANCE }: GradientCheckOptions = {},
): GradientVerdict[] {
  const random = createRandom(seed);
  const { images, labels } = randomBatch(net, batchSize, random);
  const before = net.FlatParameters();
  scatterBiases(net, random);
  const cost = () => meanCost(net.Fprop(images).at(-1)!, labels);
  const states = net.Fprop(images);
  const derivatives = net.Bprop(net.ComputeDeriv(states.at(-1)!, labels), states);
  const gradients = derivatives.flatMap(({ dC_by_dweights, dC_by_dbias }) =>
    dC_by_dweights && dC_by_dbias ? [dC_by_dweights, dC_by_dbias] : [],
  );
  const verdicts = Object.entries(net.Parameters()).map(([name, values], i) => {
    const order = Int32Array.from(values.data.keys());
    random.shuffle(order);
    return { name, ...checkTensor(values, gradients[i], order.subarray(0, samples), cost, tolerance) };
  });
  net.SetFlatParameters(before);
  return verdicts;
}

/** With biases of 0, a unit whose inputs are all zero is at the kink of ReLU. */
function scatterBiases(net: NeuralNet, random: Random): void {
  for (const { bias } of net.learnedLayers)
    for (let i = 0; i < bias.data.length; i++) bias.data[i] += 0.1 * random.normal();
}

function checkTensor(
  { data }: Tensor,
  gradient: Tensor,
  chosen: Int32Array,
  cost: () => number,
  tolerance: number,
): Omit<GradientVerdict, 'name'> {
  let worst = { worst: -1, index: 0, analytic: 0, numeric: 0 };
  let allZero = true;
  for (const index of chosen) {
    const analytic = gradient.data[index];
    if (analytic !== 0) allZero = false;
    // A step over a kink of ReLU or of a maximum measures something else: a small step seldom crosses one.
    const measured = (narrowed: number) => compare(analytic, difference(data, index, cost, narrowed));
    const wide = measured(1);
    const { error, numeric } = wide.error <= tolerance ? wide : measured(1 / 64);
    if (!(error <= worst.worst)) worst = { worst: error, index, analytic, numeric };
    if (Number.isNaN(error)) break;
  }
  return { ...worst, checked: chosen.length, allZero, passed: worst.worst <= tolerance && !allZero };
}

const compare = (analytic: number, numeric: number) => ({
  numeric,
  error: gradientError(analytic, numeric),
});

/** Without the 10⁻¹⁰ that the loss adds, which back-propagation ignores. */
function meanCost({ shape: [N, classes], data }: Tensor, labels: Uint8Array): number {
  let sum = 0;
  for (let n = 0; n < N; n++) sum -= Math.log(data[n * classes + labels[n]]);
  return sum / N;
}

function difference(data: Tensor['data'], index: number, cost: () => number, narrowed: number): number {
  const value = data[index];
  const step = narrowed * differenceStep(value);
  try {
    data[index] = value + step;
    const above = cost();
    data[index] = value - step;
    return (above - cost()) / (2 * step);
  } finally {
    data[index] = value;
  }
}

function randomBatch(net: NeuralNet, batchSize: number, random: Random) {
  const images = zeros(net.layers[0].shapeOfImages(batchSize));
  for (let i = 0; i < images.data.length; i++) images.data[i] = random.normal();
  const classes = net.layers[net.layers.length - 1].output.num_channels;
  return { images, labels: Uint8Array.from({ length: batchSize }, () => random.integer(classes)) };
}
