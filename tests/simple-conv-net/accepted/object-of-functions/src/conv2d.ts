import { addColumn, matmul, offset, reshape, type Tensor, zeros } from '@im2grade/tensor';
import { convWeight2rows, im2col } from './im2col.ts';

/** Element by its indices. */
class View {
  constructor(private readonly of: Tensor) {}
  get(...at: number[]): number {
    return this.of.data[offset(this.of, at)];
  }
  set(value: number, ...at: number[]): void {
    this.of.data[offset(this.of, at)] = value;
  }
}

/** Every place of a tensor, in its order. */
function* places([size, ...rest]: readonly number[]): Generator<number[]> {
  if (size === undefined) yield [];
  else for (let i = 0; i < size; i++) for (const others of places(rest)) yield [i, ...others];
}

export function conv2dScalar(x: Tensor, convWeight: Tensor, convBias: Tensor): Tensor {
  const [N, , H, W] = x.shape;
  const [Cout, Cin, K] = convWeight.shape;
  const z = zeros([N, Cout, H - K + 1, W - K + 1], x);
  const [X, weight, bias, Z] = [x, convWeight, convBias, z].map((each) => new View(each));
  for (const [n, co, m, l] of places(z.shape)) {
    let sum = bias.get(co);
    for (const [ci, i, j] of places([Cin, K, K])) sum += X.get(n, ci, m + i, l + j) * weight.get(co, ci, i, j);
    Z.set(sum, n, co, m, l);
  }
  return z;
}

/**
 * The same as one matrix product (`conv2d_vector` of the original).
 *
 * The rows of `convWeight2rows` times the columns of `im2col`, and the bias of each map; no loop over elements.
 *
 * @param x - images `[N][Cin][H][W]`; only read
 * @param convWeight - `[Cout][Cin][K][K]`; only read
 * @param convBias - `[Cout]`; only read
 * @returns `[N][Cout][H − K + 1][W − K + 1]`
 */
export function conv2dVector(x: Tensor, convWeight: Tensor, convBias: Tensor): Tensor {
  const [N, , H, W] = x.shape;
  const [Cout, , K] = convWeight.shape;
  const products = matmul(convWeight2rows(convWeight), im2col(x, K));
  return reshape(addColumn(products, convBias), [N, Cout, H - K + 1, W - K + 1]);
}
