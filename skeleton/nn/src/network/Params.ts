import { allocateReal, type Real, type RealConstructor } from '@im2grade/engine';

/** The parameters of one layer, or their gradients. */
export class Params {
  readonly nWeights: number;
  readonly nBiases: number;
  readonly weights: Real;
  readonly biases: Real;

  /** @param buffers - arrays to use in place of new ones */
  constructor(
    nWeights: number,
    nBiases: number,
    real: RealConstructor,
    buffers: { weights?: Real; biases?: Real } = {},
  ) {
    this.nWeights = nWeights;
    this.nBiases = nBiases;
    this.weights = buffers.weights ?? allocateReal(real, nWeights);
    this.biases = buffers.biases ?? allocateReal(real, nBiases);
  }

  clear(): void {
    this.clearWeight();
    this.clearBias();
  }

  clearWeight(): void {
    this.weights.fill(0);
  }

  clearBias(): void {
    this.biases.fill(0);
  }
}
