import { allocateReal, type Real, type RealConstructor } from '@im2grade/engine';

/** The output of one layer for a batch, and the error's gradient with respect to it. */
export class Activation {
  readonly batchSize: number;
  readonly layersSize: number;
  /** `[batchSize][layersSize]` */
  readonly output: Real;
  /** `[batchSize][layersSize]` */
  readonly dError_dOutput: Real;

  /** @param buffers - arrays to use in place of new ones */
  constructor(
    batchSize: number,
    layersSize: number,
    real: RealConstructor,
    buffers: { output?: Real; dError_dOutput?: Real } = {},
  ) {
    this.batchSize = batchSize;
    this.layersSize = layersSize;
    this.output = buffers.output ?? allocateReal(real, batchSize * layersSize);
    this.dError_dOutput = buffers.dError_dOutput ?? allocateReal(real, batchSize * layersSize);
  }

  clearOutput(): void {
    this.output.fill(0);
  }

  clearErrors(): void {
    this.dError_dOutput.fill(0);
  }
}
