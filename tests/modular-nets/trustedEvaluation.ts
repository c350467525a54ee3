import { type LayerDescription, type NetworkDescription, type Size, sizesOf, unitsOf } from '@im2grade/layers';
import { convolutionForward, convolutionWorkspace } from '@im2grade/fastconv';
import { convGeometry, gemm } from '@im2grade/nn';
import { type LabelledImages, useTrustedLibrary } from '@im2grade/kit';

/** Images of 16×16 pixels as numbers. */
export type SmallImages = LabelledImages<Float32Array>;

/** Means over the images. */
export interface Figures {
  readonly crossEntropy: number;
  readonly accuracy: number;
}

/** Tensors of parameters by their names: `conv_1.weights`, `conv_1.bias`. */
export type NamedParameters = Readonly<Record<string, Float32Array>>;

const BATCH = 200;
/** As in the loss of the nets. */
const SMALLEST = 1e-10;

/**
 * The outputs of a network with these parameters: computed here by the library, with its own convolution and products,
 * and none of the submission's or the reference's layers. Activations have their channels last, as the library expects.
 */
export function trustedEvaluation(
  model: NetworkDescription,
  parameters: NamedParameters,
  digits: SmallImages,
): Figures {
  useTrustedLibrary();
  const sizes = sizesOf(model);
  const pixels = unitsOf(sizes[0]);
  const classes = unitsOf(sizes[sizes.length - 1]);
  let [loss, correct] = [0, 0];
  for (let begin = 0; begin < digits.count; begin += BATCH) {
    const N = Math.min(BATCH, digits.count - begin);
    let values: Float32Array = digits.images.slice(begin * pixels, (begin + N) * pixels);
    model.network.forEach((layer, i) => {
      values = throughLayer(layer, parameters, values, N, sizes[i], sizes[i + 1]);
      if (layer.type !== 'MAXPOOL' && i < model.network.length - 1) relu(values);
    });
    for (let n = 0; n < N; n++) {
      const row = Float64Array.from(values.subarray(n * classes, (n + 1) * classes));
      const label = digits.labels[begin + n];
      loss -= Math.log(SMALLEST + probability(row, label));
      if (row.indexOf(Math.max(...row)) === label) correct++;
    }
  }
  return { crossEntropy: loss / digits.count, accuracy: correct / digits.count };
}

// Loops over all units use no global name: in a suite's realm looking one up takes longer than everything else.

function relu(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) if (values[i] < 0) values[i] = 0;
}

/** Softmax of one of a row's numbers. */
function probability(row: Float64Array, label: number): number {
  const largest = Math.max(...row);
  return Math.exp(row[label] - largest) / row.reduce((sum, z) => sum + Math.exp(z - largest), 0);
}

function throughLayer(
  layer: LayerDescription,
  parameters: NamedParameters,
  values: Float32Array,
  N: number,
  input: Size,
  output: Size,
): Float32Array {
  if (layer.type === 'MAXPOOL') return pooled(values, N, input, output, layer.kernel_size);
  const [weights, bias] = [parameters[`${layer.name}.weights`], parameters[`${layer.name}.bias`]];
  return layer.type === 'FC'
    ? linear(channelsFirst(values, N, input), weights, bias, N)
    : convolved(values, weights, bias, N, input, layer);
}

function convolved(
  values: Float32Array,
  weights: Float32Array,
  bias: Float32Array,
  B: number,
  { size_y, size_x, num_channels: InC }: Size,
  { kernel_size: k, padding, num_channels: KnC }: Extract<LayerDescription, { type: 'CONVOLUTIONAL' }>,
): Float32Array {
  const sizes = { B, InY: size_y, InX: size_x, InC, KnY: k, KnX: k, KnC, Py: padding, Px: padding };
  const g = convGeometry(sizes);
  // From [K][C][k][k] to [k][k][C][K].
  const kernel = weights.map((_, i) => {
    const [out, c, place] = [i % KnC, Math.floor(i / KnC) % InC, Math.floor(i / (KnC * InC))];
    return weights[(out * InC + c) * k * k + place];
  });
  const result = new Float32Array(B * g.OpY * g.OpX * KnC);
  convolutionForward(g, values, kernel, bias, result, new Float32Array(convolutionWorkspace(g, Float32Array)));
  return result;
}

/** Windows that touch and do not overlap. */
function pooled(values: Float32Array, N: number, input: Size, output: Size, side: number): Float32Array {
  const { num_channels: C, size_y: Y, size_x: X } = input;
  const result = new Float32Array(N * unitsOf(output)).fill(-Infinity);
  let at = 0;
  // Rows of all images are consecutive, and each image has a whole number of windows.
  for (let row = 0; row < N * Y; row++)
    for (let x = 0; x < X; x++) {
      const window = (((row / side) | 0) * output.size_x + ((x / side) | 0)) * C;
      for (let c = 0; c < C; c++, at++) if (values[at] > result[window + c]) result[window + c] = values[at];
    }
  return result;
}

/** The order in which fully connected layers see a cuboid. */
function channelsFirst(values: Float32Array, N: number, input: Size): Float32Array {
  const [C, plane] = [input.num_channels, input.size_y * input.size_x];
  const result = new Float32Array(N * C * plane);
  for (let n = 0, to = 0; n < N; n++)
    for (let c = 0; c < C; c++) for (let i = 0; i < plane; i++, to++) result[to] = values[(n * plane + i) * C + c];
  return result;
}

/** values · weightsᵀ + bias */
function linear(values: Float32Array, weights: Float32Array, bias: Float32Array, N: number): Float32Array {
  const K = bias.length;
  const D = weights.length / K;
  const result = Float32Array.from({ length: N * K }, (_, i) => bias[i % K]);
  gemm('N', 'T', N, K, D, 1, values, D, weights, D, 1, result, K);
  return result;
}
