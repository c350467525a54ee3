import { gemm } from '@im2grade/nn';
import { matmul, type Tensor, zeros } from '@im2grade/tensor';
import type { Stages } from './network.ts';
import type { Parameters } from './parameters.ts';

/**
 * The gradients of the mean cross-entropy with respect to all parameters, after a `forward` of the same batch.
 *
 * Starts from the local gradient (6) of the output, y − t, and goes back layer by layer.
 *
 * @param x - the images of the batch
 * @param labels - the N right answers
 * @param gradients - overwritten
 */
export function backward(
  parameters: Parameters,
  x: Tensor,
  stages: Stages,
  labels: Uint8Array,
  gradients: Parameters,
): void {
  const { conv, pool, reshape, fc1, relu } = stages;
  const dFc2 = outputDelta(stages.softmax, labels);
  layerGradients(dFc2, relu, gradients.fc2Weight, gradients.fc2Bias);
  const dFc1 = reluDelta(matmul(dFc2, parameters.fc2Weight), fc1);
  layerGradients(dFc1, reshape, gradients.fc1Weight, gradients.fc1Bias);
  const dPool = matmul(dFc1, parameters.fc1Weight);
  const dConv = poolDelta(dPool, conv, pool);
  convolutionGradients(dConv, x, gradients.convWeight, gradients.convBias);
}

/** (y − t) / N: softmax and cross-entropy together. */
function outputDelta(probabilities: Tensor, labels: Uint8Array): Tensor {
  const [N, classes] = probabilities.shape;
  const delta = zeros(probabilities.shape, probabilities);
  for (let i = 0; i < delta.data.length; i++) delta.data[i] = probabilities.data[i] / N;
  for (let n = 0; n < N; n++) delta.data[n * classes + labels[n]] -= 1 / N;
  return delta;
}

/** Weights: deltaᵀ · a. Biases: the column sums of delta. */
function layerGradients(delta: Tensor, a: Tensor, dWeight: Tensor, dBias: Tensor): void {
  const [N, P] = delta.shape;
  const [, D] = a.shape;
  gemm('T', 'N', P, D, N, 1, delta.data, P, a.data, D, 0, dWeight.data, D);
  dBias.data.fill(0);
  for (let i = 0; i < delta.data.length; i++) dBias.data[i % P] += delta.data[i];
}

/** A unit that was cut off has no gradient. */
function reluDelta(delta: Tensor, before: Tensor): Tensor {
  for (let i = 0; i < delta.data.length; i++) if (!(before.data[i] > 0)) delta.data[i] = 0;
  return delta;
}

/** Each window's gradient goes to its largest element; if several are equal, to the first of them, as in PyTorch. */
function poolDelta(delta: Tensor, before: Tensor, after: Tensor): Tensor {
  const [H, W] = before.shape.slice(2);
  const [outH, outW] = after.shape.slice(2);
  const result = zeros(before.shape, before);
  for (let i = 0; i < after.data.length; i++) {
    const [map, row, column] = [Math.floor(i / (outH * outW)), Math.floor(i / outW) % outH, i % outW];
    const corner = (map * H + 2 * row) * W + 2 * column;
    const first = [0, 1, W, W + 1].find((step) => before.data[corner + step] === after.data[i]);
    if (first !== undefined) result.data[corner + first] += delta.data[i];
  }
  return result;
}

/** A weight's gradient is the sum over all pixels of its map of the pixel's gradient times the weight's input. */
function convolutionGradients(delta: Tensor, x: Tensor, dWeight: Tensor, dBias: Tensor): void {
  const [N, Cout, outH, outW] = delta.shape;
  const [sums, biases] = [new Float64Array(dWeight.data.length), new Float64Array(Cout)];
  for (let at = 0; at < N * Cout * outH * outW; at++) {
    const gradient = delta.data[at];
    // Three quarters of all pixels were not the largest of their window.
    if (gradient === 0) continue;
    const [column, row, map] = [at % outW, Math.floor(at / outW) % outH, Math.floor(at / (outW * outH))];
    biases[map % Cout] += gradient;
    addTimesPatch(gradient, x, Math.floor(map / Cout), row, column, sums, map % Cout, dWeight.shape[3]);
  }
  dWeight.data.set(sums);
  dBias.data.set(biases);
}

/** Adds `gradient` times what the kernel saw at a pixel to the sums of a map. */
function addTimesPatch(
  gradient: number,
  { data, shape: [, Cin, H, W] }: Tensor,
  image: number,
  row: number,
  column: number,
  sums: Float64Array,
  map: number,
  K: number,
): void {
  let to = map * Cin * K * K;
  for (let ci = 0; ci < Cin; ci++)
    for (let i = 0; i < K; i++) {
      const from = ((image * Cin + ci) * H + row + i) * W + column;
      for (let j = 0; j < K; j++) sums[to++] += gradient * data[from + j];
    }
}
