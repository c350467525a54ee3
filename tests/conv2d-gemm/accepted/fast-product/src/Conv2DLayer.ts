import { ConvolutionLayer, gemm, realOf } from '@im2grade/nn';
import type { Activation, Params, Real, Team } from '@im2grade/nn';

/**
 * The matrix half of a convolution: GEMM and the bias, nothing else. Its input is what `Im2Mat` made.
 *
 * matrix `[B·OpY·OpX][KnY·KnX·InC]`, kernel `[KnY·KnX·InC][KnC]`, output `[B·OpY·OpX][KnC]`, all row-major.
 */
export class Conv2DLayer extends ConvolutionLayer {
  /** `OUT = INP · weights + biases`, the product by Strassen's recursion. */
  override forward(act: Activation[], param: Params[], team: Team): void {
    const { KnC } = this.geometry;
    const { output: OUT } = act[this.ID];
    const { output: INP } = act[this.ID - 1];
    const { weights, biases } = param[this.ID];
    const K = this.patchSize;
    const [begin, end] = team.share(this.rows(act));
    const product = productOf(INP.subarray(begin * K, end * K), weights, end - begin, K, KnC);
    for (let i = 0; i < product.length; i++) OUT[begin * KnC + i] = product[i] + biases[i % KnC];
    team.barrier();
  }

  /**
   * Each member adds up the biases' gradient over its rows, and the sums are reduced. The kernel's gradient needs no
   * reduction: its rows are shared out, and each member goes through the whole matrix for its own.
   */
  override backward(act: Activation[], param: Params[], grad: Params[], team: Team): void {
    const { KnC } = this.geometry;
    const { dError_dOutput } = act[this.ID];
    const { output: INP, dError_dOutput: dError_dInput } = act[this.ID - 1];
    const { weights } = param[this.ID];
    const { weights: dError_dWeights, biases: dError_dBiases } = grad[this.ID];
    const [rows, K] = [this.rows(act), this.patchSize];
    const [begin, end] = team.share(rows);
    const dOutput = dError_dOutput.subarray(begin * KnC, end * KnC);

    const dBiases = team.size === 1 ? dError_dBiases : this.partialBiases(dError_dBiases);
    sumColumns(dOutput, KnC, dBiases);
    team.reduce(dBiases, dError_dBiases);

    const [first, last] = team.share(K);
    const [columns, dWeights] = [INP.subarray(first), dError_dWeights.subarray(first * KnC, last * KnC)];
    gemm('T', 'N', last - first, KnC, rows, 1, columns, K, dError_dOutput, KnC, 0, dWeights, KnC);

    const dInput = dError_dInput.subarray(begin * K, end * K);
    gemm('N', 'T', end - begin, K, KnC, 1, dOutput, KnC, weights, KnC, 0, dInput, K);
    team.barrier();
  }

  private ownBiases: Real | undefined;

  /** A member's own sums, kept from call to call. */
  private partialBiases(like: Real): Real {
    this.ownBiases ??= new (realOf(like))(like.length);
    return this.ownBiases;
  }

  private get patchSize(): number {
    const { KnY, KnX, InC } = this.geometry;
    return KnY * KnX * InC;
  }

  /** Rows of the matrix: one for each output pixel of the batch. */
  private rows(act: Activation[]): number {
    return act[this.ID].batchSize * this.geometry.OpY * this.geometry.OpX;
  }
}

/** A square matrix of numbers, a list of rows. */
type Square = number[][];

/** A·B for row-major A `[M][K]` and B `[K][N]`, both laid out in squares of a power of two. */
function productOf(A: Real, B: Real, M: number, K: number, N: number): Float64Array {
  let size = 1;
  while (size < Math.max(M, K, N)) size *= 2;
  const laidOut = (values: Real, rows: number, columns: number): Square =>
    Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (__, j) => (i < rows && j < columns ? values[i * columns + j] : 0)),
    );
  const C = strassen(laidOut(A, M, K), laidOut(B, K, N));
  return Float64Array.from({ length: M * N }, (_, i) => C[Math.floor(i / N)][i % N]);
}

const SMALL = 4;

/** Seven products of blocks in place of eight. */
function strassen(A: Square, B: Square): Square {
  if (A.length <= SMALL) return A.map((row) => B[0].map((_, j) => row.reduce((sum, a, k) => sum + a * B[k][j], 0)));
  const half = A.length / 2;
  const block = (X: Square, i: number, j: number): Square =>
    X.slice(i * half, (i + 1) * half).map((row) => row.slice(j * half, (j + 1) * half));
  const plus = (X: Square, Y: Square, sign = 1): Square => X.map((row, i) => row.map((x, j) => x + sign * Y[i][j]));
  const minus = (X: Square, Y: Square): Square => plus(X, Y, -1);
  const [a, b, c, d] = [block(A, 0, 0), block(A, 0, 1), block(A, 1, 0), block(A, 1, 1)];
  const [e, f, g, h] = [block(B, 0, 0), block(B, 0, 1), block(B, 1, 0), block(B, 1, 1)];
  const [p1, p2] = [strassen(plus(a, d), plus(e, h)), strassen(plus(c, d), e)];
  const [p3, p4] = [strassen(a, minus(f, h)), strassen(d, minus(g, e))];
  const [p5, p6] = [strassen(plus(a, b), h), strassen(minus(c, a), plus(e, f))];
  const p7 = strassen(minus(b, d), plus(g, h));
  const upper = [plus(minus(plus(p1, p4), p5), p7), plus(p3, p5)];
  const lower = [plus(p2, p4), plus(plus(minus(p1, p2), p3), p6)];
  return [upper, lower].flatMap(([left, right]) => left.map((row, i) => [...row, ...right[i]]));
}

/** Overwrites `sums` with the sums of each column of a row-major matrix. */
function sumColumns(matrix: Real, columns: number, sums: Real): void {
  sums.fill(0);
  for (let row = 0; row < matrix.length; row += columns) {
    for (let column = 0; column < columns; column++) sums[column] += matrix[row + column];
  }
}
