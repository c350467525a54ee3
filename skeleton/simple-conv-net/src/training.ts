import { createRandom, type Real, realOf } from '@im2grade/nn';
import { type Tensor, zeros } from '@im2grade/tensor';
import { backward } from './backward.ts';
import { forward, type Layers } from './network.ts';
import { NAMES, type Parameters, zeroParameters } from './parameters.ts';

/** How SimpleConvNet is trained: stochastic gradient descent with momentum. */
export interface TrainingPlan {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly momentum: number;
  /** Of the initial parameters and of the order of the images. */
  readonly seed: number;
}

/** The original's hyperparameters. */
export const PLAN: TrainingPlan = { epochs: 20, batchSize: 64, learningRate: 0.01, momentum: 0.5, seed: 1 };

/** Images of 28×28 bytes and their labels. */
export interface Images {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** Means over the images of an epoch. */
export interface Learned {
  readonly loss: number;
  readonly accuracy: number;
}

export interface TrainingHooks {
  onBatch?(batch: { readonly epoch: number; readonly done: number; readonly of: number; readonly loss: number }): void;
  onEpoch?(epoch: number, learned: Learned): void;
}

/** Mean and standard deviation of MNIST's pixels, as in the original. */
const [MEAN, DEVIATION] = [0.1307, 0.3081];
const SIDE = 28;
const PIXELS = SIDE * SIDE;

/** Images as input of the network: `[N][1][28][28]`, normalised, in the precision of `like`. */
export function normalised({ images }: Pick<Images, 'images'>, chosen: ArrayLike<number>, like: Tensor): Tensor {
  const x = zeros([chosen.length, 1, SIDE, SIDE], like);
  for (let n = 0; n < chosen.length; n++) {
    const from = chosen[n] * PIXELS;
    for (let i = 0; i < PIXELS; i++) x.data[n * PIXELS + i] = (images[from + i] / 255 - MEAN) / DEVIATION;
  }
  return x;
}

/**
 * Trains the parameters in place. Each epoch visits the images in a new order; the last batch of an epoch may be smaller.
 *
 * @returns the mean loss and accuracy of each epoch, measured on its batches before each step
 */
export function train(
  layers: Layers,
  parameters: Parameters,
  digits: Images,
  plan: TrainingPlan,
  hooks: TrainingHooks = {},
): Learned[] {
  const like = parameters.convWeight;
  const real = realOf(like.data);
  const [gradients, velocities] = [zeroParameters(real), zeroParameters(real)];
  const random = createRandom(plan.seed + 1);
  const order = Int32Array.from(digits.labels.keys());
  const batches = Math.ceil(order.length / plan.batchSize);
  return Array.from({ length: plan.epochs }, (_, epoch) => {
    random.shuffle(order);
    const seen = { loss: 0, right: 0 };
    for (let batch = 0; batch < batches; batch++) {
      const chosen = order.subarray(batch * plan.batchSize, (batch + 1) * plan.batchSize);
      const labels = Uint8Array.from(chosen, (image) => digits.labels[image]);
      const x = normalised(digits, chosen, like);
      const stages = forward(layers, parameters, x);
      const { loss, right } = judge(stages.softmax, labels);
      backward(parameters, x, stages, labels, gradients);
      step(parameters, gradients, velocities, plan);
      seen.loss += loss;
      seen.right += right;
      hooks.onBatch?.({ epoch, done: batch + 1, of: batches, loss: loss / labels.length });
    }
    const learned = { loss: seen.loss / order.length, accuracy: seen.right / order.length };
    hooks.onEpoch?.(epoch, learned);
    return learned;
  });
}

/** Mean loss and accuracy without training. */
export function evaluate(layers: Layers, parameters: Parameters, digits: Images, batchSize = 1000): Learned {
  const count = digits.labels.length;
  let [loss, right] = [0, 0];
  for (let begin = 0; begin < count; begin += batchSize) {
    const chosen = Int32Array.from({ length: Math.min(batchSize, count - begin) }, (_, i) => begin + i);
    const x = normalised(digits, chosen, parameters.convWeight);
    const judged = judge(forward(layers, parameters, x).softmax, digits.labels.subarray(begin, begin + batchSize));
    loss += judged.loss;
    right += judged.right;
  }
  return { loss: loss / count, accuracy: right / count };
}

/** Keeps the logarithm of a probability that has underflowed to 0 finite. */
const SMALLEST = 1e-38;

/** −log of the right answer's probability, summed; and how often it is the largest. */
function judge(probabilities: Tensor, labels: Uint8Array): { loss: number; right: number } {
  const [N, classes] = probabilities.shape;
  let [loss, right] = [0, 0];
  for (let n = 0; n < N; n++) {
    const row = probabilities.data.subarray(n * classes, (n + 1) * classes);
    loss -= Math.log(Math.max(row[labels[n]], SMALLEST));
    if (row.indexOf(Math.max(...row)) === labels[n]) right++;
  }
  return { loss, right };
}

/** PyTorch's step: v = momentum · v + gradient, parameter −= learning rate · v. */
function step(parameters: Parameters, gradients: Parameters, velocities: Parameters, plan: TrainingPlan): void {
  for (const name of NAMES) move(parameters[name].data, gradients[name].data, velocities[name].data, plan);
}

function move(values: Real, gradient: Real, velocity: Real, { learningRate, momentum }: TrainingPlan): void {
  for (let i = 0; i < values.length; i++) {
    velocity[i] = momentum * velocity[i] + gradient[i];
    values[i] -= learningRate * velocity[i];
  }
}
