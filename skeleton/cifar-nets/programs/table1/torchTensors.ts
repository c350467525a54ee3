import type { Network, Params, Real } from '@im2grade/nn';

/** Tensors by the names and in the order of PyTorch: kernels `[out][in][y][x]`, dense weights `[out][in]`. */
export type TorchTensors = Record<string, { readonly shape: readonly number[]; readonly data: Float32Array }>;

/** One array of the library, and its axes by their places in PyTorch's tensor. */
interface Reordering {
  readonly name: string;
  readonly values: Real;
  /** Sizes of the axes as the library has them. */
  readonly sizes: readonly number[];
  /** For each axis of PyTorch's tensor, the library's. */
  readonly axes: readonly number[];
  readonly shape: readonly number[];
}

const KERNEL = 5;

/** The parameters of Table 1 as PyTorch would save them. */
export const torchTensors = (network: Network): TorchTensors =>
  Object.fromEntries(
    reorderings(network).map(({ name, values, sizes, axes, shape }) => {
      const data = new Float32Array(values.length);
      eachPlace(sizes, axes, (own, theirs) => (data[theirs] = values[own]));
      return [name, { shape, data }];
    }),
  );

/** Sets the parameters of Table 1 to tensors of PyTorch, which must have their names and shapes. */
export function setTorchTensors(network: Network, tensors: TorchTensors): void {
  for (const { name, values, sizes, axes } of reorderings(network)) {
    const { data } = tensors[name];
    eachPlace(sizes, axes, (own, theirs) => (values[own] = data[theirs]));
  }
}

function reorderings(network: Network): Reordering[] {
  const learned = network.params.filter(({ nWeights }) => nWeights > 0);
  const convolutions = learned.slice(0, -2);
  const sizes = [3, ...convolutions.map(({ nBiases }) => nBiases)];
  const last = sizes[sizes.length - 1];
  return learned.flatMap((params, i) => {
    const isKernel = i < convolutions.length;
    const name = isKernel ? `conv${i + 1}` : `fc${i - convolutions.length + 1}`;
    const weights = isKernel ? kernel(params, sizes[i]) : dense(params, i === convolutions.length ? last : undefined);
    const biases = { values: params.biases, sizes: [params.nBiases], axes: [0], shape: [params.nBiases] };
    return [
      { name: `${name}.weight`, ...weights },
      { name: `${name}.bias`, ...biases },
    ];
  });
}

const kernel = ({ weights, nBiases }: Params, inputs: number) => ({
  values: weights,
  sizes: [KERNEL, KERNEL, inputs, nBiases],
  axes: [3, 2, 0, 1],
  shape: [nBiases, inputs, KERNEL, KERNEL],
});

/** After a flattened image of some channels, the library has its inputs pixel by pixel, PyTorch channel by channel. */
function dense({ weights, nWeights, nBiases }: Params, channels = 1) {
  const inputs = nWeights / nBiases;
  return { values: weights, sizes: [inputs / channels, channels, nBiases], axes: [2, 1, 0], shape: [nBiases, inputs] };
}

/** Visits every element with its place in an array of these sizes, and in one whose axes are in another order. */
function eachPlace(
  sizes: readonly number[],
  axes: readonly number[],
  visit: (own: number, theirs: number) => void,
): void {
  const strides = sizes.map((_, axis) => sizes.slice(axis + 1).reduce((a, b) => a * b, 1));
  const count = sizes.reduce((a, b) => a * b, 1);
  for (let theirs = 0; theirs < count; theirs++) {
    let [rest, own] = [theirs, 0];
    for (const axis of axes.toReversed()) {
      own += (rest % sizes[axis]) * strides[axis];
      rest = Math.floor(rest / sizes[axis]);
    }
    visit(own, theirs);
  }
}
