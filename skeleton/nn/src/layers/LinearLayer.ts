import { gemm } from '../gemm.ts';
import type { Activation } from '../network/Activation.ts';
import { Layer } from '../network/Layer.ts';
import { Params } from '../network/Params.ts';
import type { RealConstructor, Team } from '@im2grade/engine';
import type { Random } from '../numbers/random.ts';

/**
 * output = input · weights + biases; weights `[nInputs][size]`.
 *
 * The members divide the columns of the result, so that each packs only its part of the weights and no sum is split:
 * every team size gives the same numbers.
 */
export class LinearLayer extends Layer {
  readonly nInputs: number;

  constructor(ID: number, nInputs: number, size: number) {
    super(size, ID);
    this.nInputs = nInputs;
  }

  override forward(act: Activation[], param: Params[], team: Team): void {
    const { batchSize, output: OUT } = act[this.ID];
    const { output: INP } = act[this.ID - 1];
    const { weights, biases } = param[this.ID];
    const { nInputs, size } = this;
    const [begin, end] = team.share(size);
    for (let b = 0; b < batchSize; b++) for (let i = begin; i < end; i++) OUT[b * size + i] = biases[i];
    const [columns, own] = [weights.subarray(begin), OUT.subarray(begin)];
    gemm('N', 'N', batchSize, end - begin, nInputs, 1, INP, nInputs, columns, size, 1, own, size);
    team.barrier();
  }

  override backward(act: Activation[], param: Params[], grad: Params[], team: Team): void {
    const { batchSize, dError_dOutput } = act[this.ID];
    const { output: INP, dError_dOutput: dError_dInput } = act[this.ID - 1];
    const { weights, biases } = grad[this.ID];
    const { nInputs, size } = this;
    const [firstOutput, lastOutput] = team.share(size);
    biases.fill(0, firstOutput, lastOutput);
    for (let b = 0; b < batchSize; b++)
      for (let i = firstOutput; i < lastOutput; i++) biases[i] += dError_dOutput[b * size + i];
    const [begin, end] = team.share(nInputs);
    const [inputs, rows] = [INP.subarray(begin), weights.subarray(begin * size)];
    gemm('T', 'N', end - begin, size, batchSize, 1, inputs, nInputs, dError_dOutput, size, 0, rows, size);
    const [ownWeights, own] = [param[this.ID].weights.subarray(begin * size), dError_dInput.subarray(begin)];
    gemm('N', 'T', batchSize, end - begin, size, 1, dError_dOutput, size, ownWeights, size, 0, own, nInputs);
    team.barrier();
  }

  override allocateParams(real: RealConstructor): Params {
    return new Params(this.nInputs * this.size, this.size, real);
  }

  /** Weights and biases uniform in ±√(6 / (fan-in + fan-out)) (Glorot and Bengio, 2010; the biases too, as in the original). */
  override init(random: Random, { weights, biases }: Params): void {
    const scale = Math.sqrt(6 / (this.nInputs + this.size));
    for (let i = 0; i < weights.length; i++) weights[i] = random.uniform(-scale, scale);
    for (let i = 0; i < biases.length; i++) biases[i] = random.uniform(-scale, scale);
  }

  override banner(): string {
    return `(${this.ID}) Linear Layer of Input:${this.nInputs} Output:${this.size}`;
  }
}
