import { madeUpCifar } from '@im2grade/data/madeUpCifar';
import { evaluate, type Graph } from '@im2grade/models';
import { graphOf, type Net } from './Net.ts';

type Images = ReturnType<typeof madeUpCifar>['train'];

const CLASSES = 10;
const PENALTY = 3;

export const data = madeUpCifar();

export const normalised = ({ images }: Images): Float32Array =>
  Float32Array.from(images, (each) => (each / 255 - 0.5) / 0.25);

/**
 * Fits the last layer to the images that are there to train with, by least squares on what the layers before give: a
 * second is enough, and the net recognises most images.
 */
export function trained(net: Net, images: Images = data.train): Net {
  const at = net.layers.findLastIndex(({ type }) => type === 'linear');
  const last = net.layers[at];
  if (last.type !== 'linear') throw new Error('the net has no dense layer');
  const features = evaluate(graphOf(net, at), normalised(images));
  const solved = leastSquares(features, images.labels, last.inputs);
  const { weight, bias } = { weight: `${last.name}.weight`, bias: `${last.name}.bias` };
  return {
    ...net,
    tensors: {
      ...net.tensors,
      [weight]: { shape: [CLASSES, last.inputs], data: solved.weights },
      [bias]: { shape: [CLASSES], data: solved.biases },
    },
  };
}

/** Weights `[class][feature]` and biases that come closest to 1 for the class of an image and 0 for the others. */
export function leastSquares(features: Float32Array, labels: Uint8Array, D: number, penalty = PENALTY) {
  const [N, W] = [labels.length, D + 1];
  const row = (n: number) => [...features.subarray(n * D, (n + 1) * D), 1];
  const matrix = Array.from({ length: W }, (_, i) =>
    new Float64Array(W + CLASSES).fill(0).map((__, j) => (i === j ? penalty : 0)),
  );
  for (let n = 0; n < N; n++) {
    const x = row(n);
    for (let i = 0; i < W; i++) {
      for (let j = 0; j < W; j++) matrix[i][j] += x[i] * x[j];
      matrix[i][W + labels[n]] += x[i];
    }
  }
  eliminate(matrix);
  const round = (value: number) => Math.round(value * 4096) / 4096 + 0;
  return {
    weights: Float32Array.from({ length: CLASSES * D }, (_, i) => round(8 * matrix[i % D][W + Math.floor(i / D)])),
    biases: Float32Array.from({ length: CLASSES }, (_, k) => round(8 * matrix[D][W + k])),
  };
}

/** Gauss and Jordan, in place; the matrix is symmetric and positive definite. */
function eliminate(matrix: Float64Array[]): void {
  for (const [i, pivot] of matrix.entries()) {
    const scale = 1 / pivot[i];
    for (let j = i; j < pivot.length; j++) pivot[j] *= scale;
    for (const [k, row] of matrix.entries()) {
      if (k === i || row[i] === 0) continue;
      const share = row[i];
      for (let j = i; j < row.length; j++) row[j] -= share * pivot[j];
    }
  }
}

/** The share of images that a network recognises. */
export function accuracyOf(graph: Graph, images: Images): number {
  const outputs = evaluate(graph, normalised(images));
  let right = 0;
  images.labels.forEach((label, n) => {
    const row = [...outputs.subarray(n * CLASSES, (n + 1) * CLASSES)];
    if (row.indexOf(Math.max(...row)) === label) right++;
  });
  return right / images.count;
}
