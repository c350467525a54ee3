import { ConvolutionLayer } from '@im2grade/nn';
import type { Activation, Params, Team } from '@im2grade/nn';

/**
 * The matrix half of a convolution: GEMM and the bias, nothing else. Its input is what `Im2Mat` made.
 *
 * matrix `[B·OpY·OpX][KnY·KnX·InC]`, kernel `[KnY·KnX·InC][KnC]`, output `[B·OpY·OpX][KnC]`, all row-major.
 */
export class Conv2DLayer extends ConvolutionLayer {
  /** Sums from the last term to the first, with Kahan's compensation; the bias comes last. */
  override forward(act: Activation[], param: Params[], team: Team): void {
    if (team.rank > 0) return team.barrier();
    const { OpY, OpX, KnY, KnX, InC, KnC } = this.geometry;
    const { batchSize, output: OUT } = act[this.ID];
    const { output: INP } = act[this.ID - 1];
    const { weights, biases } = param[this.ID];
    const [rows, K] = [batchSize * OpY * OpX, KnY * KnX * InC];
    for (let row = 0; row < rows; row++)
      for (let fc = 0; fc < KnC; fc++) {
        OUT[row * KnC + fc] = compensatedSum(K, (k) => INP[row * K + k] * weights[k * KnC + fc]) + biases[fc];
      }
    team.barrier();
  }

  override backward(act: Activation[], param: Params[], grad: Params[], team: Team): void {
    if (team.rank > 0) return team.barrier();
    const { OpY, OpX, KnY, KnX, InC, KnC } = this.geometry;
    const { batchSize, dError_dOutput } = act[this.ID];
    const { output: INP, dError_dOutput: dError_dInput } = act[this.ID - 1];
    const { weights } = param[this.ID];
    const { weights: dError_dWeights, biases: dError_dBiases } = grad[this.ID];
    const [rows, K] = [batchSize * OpY * OpX, KnY * KnX * InC];
    for (let fc = 0; fc < KnC; fc++) dError_dBiases[fc] = compensatedSum(rows, (row) => dError_dOutput[row * KnC + fc]);
    for (let i = 0; i < K * KnC; i++) {
      const [k, fc] = [Math.floor(i / KnC), i % KnC];
      dError_dWeights[i] = compensatedSum(rows, (row) => INP[row * K + k] * dError_dOutput[row * KnC + fc]);
    }
    for (let i = 0; i < rows * K; i++) {
      const [row, k] = [Math.floor(i / K), i % K];
      dError_dInput[i] = compensatedSum(KnC, (fc) => dError_dOutput[row * KnC + fc] * weights[k * KnC + fc]);
    }
    team.barrier();
  }
}

function compensatedSum(terms: number, term: (i: number) => number): number {
  let [sum, lost] = [0, 0];
  for (let i = terms - 1; i >= 0; i--) {
    const corrected = term(i) - lost;
    const next = sum + corrected;
    lost = next - sum - corrected;
    sum = next;
  }
  return sum;
}
