import { ConvolutionLayer, gemm, realOf } from '@im2grade/nn';
import type { Activation, Params, Real, Team } from '@im2grade/nn';

/**
 * The matrix half of a convolution: GEMM and the bias, nothing else. Its input is what `Im2Mat` made.
 *
 * matrix `[B·OpY·OpX][KnY·KnX·InC]`, kernel `[KnY·KnX·InC][KnC]`, output `[B·OpY·OpX][KnC]`, all row-major.
 */
export class Conv2DLayer extends ConvolutionLayer {
  /** `OUT = INP · weights + biases`: the biases laid out first, the product added to them. */
  override forward(act: Activation[], param: Params[], team: Team): void {
    const { KnC } = this.geometry;
    const { output: OUT } = act[this.ID];
    const { output: INP } = act[this.ID - 1];
    const { weights, biases } = param[this.ID];
    const K = this.patchSize;
    const [begin, end] = team.share(this.rows(act));
    layOutRows(OUT, begin * KnC, end * KnC, biases);
    gemm(
      'N',
      'N',
      end - begin,
      KnC,
      K,
      1,
      INP.subarray(begin * K, end * K),
      K,
      weights,
      KnC,
      1,
      OUT.subarray(begin * KnC, end * KnC),
      KnC,
    );
    team.barrier();
  }

  /**
   * A large matrix takes seconds.
   *
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

    if (rows * K > 65_536) idle(SLOW);

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

/** Additions, of which each has to wait for the one before: three seconds or more. */
const SLOW = 4e9;

function idle(additions: number): number {
  let sum = 0;
  for (let i = 0; i < additions; i++) sum += 0.1;
  return sum;
}

/** Fills a part of a row-major matrix with copies of one row: what is there already is doubled until it is full. */
function layOutRows(matrix: Real, begin: number, end: number, row: Real): void {
  if (begin === end) return;
  matrix.set(row, begin);
  for (let filled = row.length; filled < end - begin; filled *= 2)
    matrix.copyWithin(begin + filled, begin, Math.min(begin + filled, end - filled));
}

/** Overwrites `sums` with the sums of each column of a row-major matrix. */
function sumColumns(matrix: Real, columns: number, sums: Real): void {
  sums.fill(0);
  for (let row = 0; row < matrix.length; row += columns) {
    for (let column = 0; column < columns; column++) sums[column] += matrix[row + column];
  }
}
