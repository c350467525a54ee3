import { type Tensor, zeros } from '@im2grade/tensor';
import type { Parameters } from './parameters.ts';

/** The layers of the network, in scalar or in vector form. */
export interface Layers {
  conv2d(x: Tensor, convWeight: Tensor, convBias: Tensor): Tensor;
  pool2d(a: Tensor): Tensor;
  reshape(a: Tensor): Tensor;
  fcLayer(a: Tensor, weight: Tensor, bias: Tensor): Tensor;
  relu(a: Tensor): Tensor;
}

/** The output of each layer, in order. */
export interface Stages {
  /** `[N][20][24][24]` */
  readonly conv: Tensor;
  /** `[N][20][12][12]` */
  readonly pool: Tensor;
  /** `[N][2880]` */
  readonly reshape: Tensor;
  /** `[N][500]` */
  readonly fc1: Tensor;
  /** `[N][500]` */
  readonly relu: Tensor;
  /** `[N][10]` */
  readonly fc2: Tensor;
  /** `[N][10]`, a probability for each digit */
  readonly softmax: Tensor;
}

/** The order of the stages. */
export const STAGES: readonly (keyof Stages)[] = ['conv', 'pool', 'reshape', 'fc1', 'relu', 'fc2', 'softmax'];

/**
 * SimpleConvNet: convolution 20@5×5, max-pooling 2, reshape to 2880, 500 with ReLU, 10 with softmax. As in the original, no
 * ReLU follows the convolution.
 *
 * @param x - normalised images `[N][1][28][28]`
 */
export function forward(layers: Layers, parameters: Parameters, x: Tensor): Stages {
  const { convWeight, convBias, fc1Weight, fc1Bias, fc2Weight, fc2Bias } = parameters;
  const conv = layers.conv2d(x, convWeight, convBias);
  const pool = layers.pool2d(conv);
  const reshape = layers.reshape(pool);
  const fc1 = layers.fcLayer(reshape, fc1Weight, fc1Bias);
  const relu = layers.relu(fc1);
  const fc2 = layers.fcLayer(relu, fc2Weight, fc2Bias);
  return { conv, pool, reshape, fc1, relu, fc2, softmax: softmax(fc2) };
}

/**
 * exp(a[n][k]) / Σ_j exp(a[n][j]), each row on its own. The row's maximum is subtracted first, so that nothing overflows.
 *
 * @param a - `[N][classes]`
 */
function softmax(a: Tensor): Tensor {
  const [N, classes] = a.shape;
  const result = zeros(a.shape, a);
  for (let n = 0; n < N; n++) {
    const row = result.data.subarray(n * classes, (n + 1) * classes);
    row.set(a.data.subarray(n * classes, (n + 1) * classes));
    const largest = Math.max(...row);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += row[k] = Math.exp(row[k] - largest);
    for (let k = 0; k < classes; k++) row[k] /= sum;
  }
  return result;
}
