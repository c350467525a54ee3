import { ALL, assign, reshape, slice, type Range, type Tensor, zeros } from '@im2grade/tensor';

const window = (begin: number, size: number): Range => [begin, begin + size];

/** One patch of all images. */
const patchAt = (x: Tensor, K: number, m: number, l: number): Tensor =>
  slice(x, [ALL, ALL, window(m, K), window(l, K)]);

/** Patch by patch, of all images at once. */
export function im2col(x: Tensor, kernelSize: number): Tensor {
  const [N, Cin, H, W] = x.shape;
  const [outH, outW] = [H - kernelSize + 1, W - kernelSize + 1];
  const columns = zeros([N, Cin * kernelSize ** 2, outH * outW], x);
  let column = 0;
  while (column < outH * outW) {
    const patch = patchAt(x, kernelSize, Math.floor(column / outW), column % outW);
    assign(columns, [ALL, ALL, column], patch);
    column++;
  }
  return columns;
}

export function convWeight2rows(convWeight: Tensor): Tensor {
  const [Cout, ...rest] = convWeight.shape;
  return reshape(convWeight, [Cout, rest.reduce((product, size) => product * size)]);
}
