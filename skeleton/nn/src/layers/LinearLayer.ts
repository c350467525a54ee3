import { gemm } from '../gemm/gemm.ts';
import type { Activation } from '../network/Activation.ts';
import { Layer } from '../network/Layer.ts';
import { Params } from '../network/Params.ts';
import type { RealConstructor } from '../numbers/Real.ts';
import type { Random } from '../numbers/random.ts';

/** output = input · weights + biases; weights `[nInputs][size]`. */
export class LinearLayer extends Layer {
  readonly nInputs: number;

  constructor(ID: number, nInputs: number, size: number) {
    super(size, ID);
    this.nInputs = nInputs;
  }

  override forward(act: Activation[], param: Params[]): void {
    const { batchSize, output: OUT } = act[this.ID];
    const { weights, biases } = param[this.ID];
    const { nInputs, size } = this;
    for (let b = 0; b < batchSize; b++) OUT.set(biases, b * size);
    gemm('N', 'N', batchSize, size, nInputs, 1, act[this.ID - 1].output, nInputs, weights, size, 1, OUT, size);
  }

  override backward(act: Activation[], param: Params[], grad: Params[]): void {
    const { batchSize, dError_dOutput } = act[this.ID];
    const { output: INP, dError_dOutput: dError_dInput } = act[this.ID - 1];
    const { weights, biases } = grad[this.ID];
    const { nInputs, size } = this;
    biases.fill(0);
    for (let i = 0; i < batchSize * size; i++) biases[i % size] += dError_dOutput[i];
    gemm('T', 'N', nInputs, size, batchSize, 1, INP, nInputs, dError_dOutput, size, 0, weights, size);
    gemm(
      'N',
      'T',
      batchSize,
      nInputs,
      size,
      1,
      dError_dOutput,
      size,
      param[this.ID].weights,
      size,
      0,
      dError_dInput,
      nInputs,
    );
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
