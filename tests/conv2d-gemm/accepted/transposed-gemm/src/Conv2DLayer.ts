import { ConvolutionLayer, gemm } from '@im2grade/nn';
import type { Activation, Params, Team } from '@im2grade/nn';

/**
 * The matrix half of a convolution: GEMM and the bias, nothing else. Its input is what `Im2Mat` made.
 *
 * matrix `[B·OpY·OpX][KnY·KnX·InC]`, kernel `[KnY·KnX·InC][KnC]`, output `[B·OpY·OpX][KnC]`, all row-major.
 */
export class Conv2DLayer extends ConvolutionLayer {
  /** The product with every operand transposed: OUTᵀ = kernelᵀ · matrixᵀ, written back transposed. */
  override forward(act: Activation[], param: Params[], team: Team): void {
    if (team.rank > 0) return team.barrier();
    const { OpY, OpX, KnY, KnX, InC, KnC } = this.geometry;
    const { batchSize, output: OUT } = act[this.ID];
    const { weights, biases } = param[this.ID];
    const [rows, K] = [batchSize * OpY * OpX, KnY * KnX * InC];
    const transposed = OUT.slice();
    for (let i = 0; i < transposed.length; i++) transposed[i] = biases[Math.floor(i / rows)];
    gemm('T', 'T', KnC, rows, K, 1, weights, KnC, act[this.ID - 1].output, K, 1, transposed, rows);
    for (let i = 0; i < OUT.length; i++) OUT[i] = transposed[(i % KnC) * rows + Math.floor(i / KnC)];
    team.barrier();
  }

  /** The biases' gradient as a product with a column of ones. */
  override backward(act: Activation[], param: Params[], grad: Params[], team: Team): void {
    if (team.rank > 0) return team.barrier();
    const { OpY, OpX, KnY, KnX, InC, KnC } = this.geometry;
    const { batchSize, dError_dOutput } = act[this.ID];
    const { output: INP, dError_dOutput: dError_dInput } = act[this.ID - 1];
    const { weights: dError_dWeights, biases: dError_dBiases } = grad[this.ID];
    const [rows, K] = [batchSize * OpY * OpX, KnY * KnX * InC];
    const ones = new Float64Array(rows).fill(1);
    gemm('N', 'N', 1, KnC, rows, 1, ones, rows, dError_dOutput, KnC, 0, dError_dBiases, KnC);
    gemm('T', 'N', K, KnC, rows, 1, INP, K, dError_dOutput, KnC, 0, dError_dWeights, KnC);
    gemm('N', 'T', rows, K, KnC, 1, dError_dOutput, KnC, param[this.ID].weights, KnC, 0, dError_dInput, K);
    team.barrier();
  }
}
