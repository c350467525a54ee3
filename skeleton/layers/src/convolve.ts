import { sizeOf, type Tensor, zeros } from '@im2grade/tensor';

/**
 * The true convolution over the last two axes: each value of `inputs` is multiplied with all of `weights`, and products
 * that fall on the same place are added up. Seen from an output, the weights are flipped:
 *
 * out[…][y][x] = Σ_i Σ_j inputs[…][y + K − 1 − i − padding][x + L − 1 − j − padding] · weights[…][i][j]
 *
 * Only places that all weights reach are kept; `padding` puts that many zeros around the inputs, and so keeps more of them.
 * The axes before the last two are broadcast, as in NumPy: both operands have the same number of them, and if two sizes
 * differ, one must be 1; it is used again for each index of the other. Nothing is summed over these axes.
 *
 * @param inputs - `[…][Y][X]`; only read
 * @param weights - `[…][K][L]`; only read
 * @param padding - an integer of at least 0
 * @returns `[…][Y + 2·padding − K + 1][X + 2·padding − L + 1]`
 * @throws RangeError when the shapes do not match
 */
export function convolve(inputs: Tensor, weights: Tensor, padding = 0): Tensor {
  const leading = together(inputs, weights);
  if (!Number.isInteger(padding) || padding < 0)
    throw new RangeError(`convolve: padding ${padding} must be an integer of at least 0`);
  const padded = withBorder(inputs, padding);
  const [[Y, X], [K, L]] = [padded.shape.slice(-2), weights.shape.slice(-2)];
  const [outY, outX] = [Y - K + 1, X - L + 1];
  if (outY < 1 || outX < 1)
    throw new RangeError(
      `convolve: weights of ${K}×${L} do not fit into inputs of ${Y}×${X}, padding ${padding} included`,
    );
  const result = zeros([...leading, outY, outX], inputs);
  const planes = { Y, X, K, L, outY, outX };
  const convolvePlane = L > outX ? bySums : byRows;
  const [from, kernel] = [planeStarts(padded, leading), planeStarts(weights, leading)];
  for (let plane = 0; plane < from.length; plane++)
    convolvePlane(planes, padded.data, from[plane], weights.data, kernel[plane], result.data, plane * outY * outX);
  return result;
}

const shown = ({ shape }: Tensor): string => `[${shape.join(', ')}]`;

/** The sizes of the axes before the last two. */
function together(inputs: Tensor, weights: Tensor): number[] {
  const [a, b] = [inputs.shape, weights.shape];
  const fits =
    a.length >= 2 &&
    a.length === b.length &&
    a.slice(0, -2).every((size, i) => size === b[i] || size === 1 || b[i] === 1);
  if (!fits)
    throw new RangeError(
      `convolve: inputs ${shown(inputs)} and weights ${shown(weights)} do not match: they need the same number of axes and, before the last two, equal sizes or 1`,
    );
  return a.slice(0, -2).map((size, i) => Math.max(size, b[i]));
}

/** The offset of the plane of each index of the leading axes, in their order. */
function planeStarts({ shape }: Tensor, leading: readonly number[]): Int32Array {
  let starts = Int32Array.of(0);
  let stride = sizeOf(shape.slice(-2));
  for (let axis = leading.length - 1; axis >= 0; axis--) {
    const step = shape[axis] === 1 ? 0 : stride;
    const inner = starts;
    starts = new Int32Array(leading[axis] * inner.length);
    for (let i = 0; i < leading[axis]; i++)
      for (let j = 0; j < inner.length; j++) starts[i * inner.length + j] = i * step + inner[j];
    stride *= shape[axis];
  }
  return starts;
}

function withBorder(a: Tensor, border: number): Tensor {
  if (border === 0) return a;
  const [Y, X] = a.shape.slice(-2);
  const width = X + 2 * border;
  const result = zeros([...a.shape.slice(0, -2), Y + 2 * border, width], a);
  const planes = sizeOf(a.shape.slice(0, -2));
  for (let plane = 0; plane < planes; plane++)
    for (let y = 0; y < Y; y++) {
      const from = (plane * Y + y) * X;
      const to = (plane * (Y + 2 * border) + border + y) * width + border;
      result.data.set(a.data.subarray(from, from + X), to);
    }
  return result;
}

interface Planes {
  readonly X: number;
  readonly K: number;
  readonly L: number;
  readonly outY: number;
  readonly outX: number;
}
type Numbers = Tensor['data'];
type ConvolvePlane = (
  sizes: Planes,
  from: Numbers,
  at: number,
  kernel: Numbers,
  kernelAt: number,
  to: Numbers,
  toAt: number,
) => void;

/** Up to three weights times a whole row at a time: fast if rows are longer than the kernel. */
const byRows: ConvolvePlane = ({ X, K, L, outY, outX }, from, at, kernel, kernelAt, to, toAt) => {
  for (let y = 0; y < outY; y++) {
    const out = toAt + y * outX;
    for (let i = 0; i < K; i++) {
      const weights = kernelAt + i * L;
      const row = at + (y + K - 1 - i) * X;
      let j = 0;
      for (; j + 2 < L; j += 3) {
        const [a, b, c] = [kernel[weights + j], kernel[weights + j + 1], kernel[weights + j + 2]];
        const first = row + L - 3 - j;
        for (let x = 0; x < outX; x++)
          to[out + x] += from[first + x] * c + from[first + x + 1] * b + from[first + x + 2] * a;
      }
      for (; j < L; j++) {
        const weight = kernel[weights + j];
        const first = row + L - 1 - j;
        for (let x = 0; x < outX; x++) to[out + x] += from[first + x] * weight;
      }
    }
  }
};

/** Each output as one sum: fast if the kernel is the larger one. */
const bySums: ConvolvePlane = ({ X, K, L, outY, outX }, from, at, kernel, kernelAt, to, toAt) => {
  for (let y = 0; y < outY; y++)
    for (let x = 0; x < outX; x++) {
      let sum = 0;
      for (let i = 0; i < K; i++) {
        const row = at + (y + K - 1 - i) * X + x + L - 1;
        const weights = kernelAt + i * L;
        for (let j = 0; j < L; j++) sum += from[row - j] * kernel[weights + j];
      }
      to[toAt + y * outX + x] = sum;
    }
};
