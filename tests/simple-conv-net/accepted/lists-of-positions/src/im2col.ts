import { ALL, reshape, slice, stack, type Tensor, tensor } from '@im2grade/tensor';

/** 0, 1, …, n − 1. */
const range = (n: number): number[] => [...Array(n).keys()];

/** The part of one channel that a position of the kernel sees. */
function seen(x: Tensor, ci: number, at: readonly number[], out: readonly number[]): Tensor {
  const [begin, end] = [at, at.map((first, axis) => first + out[axis])];
  return slice(x, [ALL, ci, [begin[0], end[0]], [begin[1], end[1]]]);
}

export function im2col(x: Tensor, kernelSize: number): Tensor {
  const [N, Cin, H, W] = x.shape;
  const out = [H - kernelSize + 1, W - kernelSize + 1];
  const starts: number[] = range(kernelSize);
  const rows: Tensor[] = [];
  for (let ci = 0; ci < Cin; ci++)
    for (let i = 0; i < kernelSize; i++)
      for (let j = 0; j < kernelSize; j++) rows.push(seen(x, ci, [starts[i], starts[j]], out));
  // [rows][N][outH][outW]: one image after another.
  const all = stack(rows);
  const images: Tensor[] = [];
  for (const n of range(N)) images.push(slice(all, [ALL, n]));
  return reshape(stack(images), [N, rows.length, out[0] * out[1]]);
}

export function convWeight2rows({ shape: [Cout, ...rest], data }: Tensor): Tensor {
  return tensor([Cout, rest.reduce((a, b) => a * b, 1)], data.slice());
}
