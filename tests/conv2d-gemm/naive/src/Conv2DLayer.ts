import { Layer, Params } from '@im2grade/nn';
import type { Activation, Geometry, Random, RealConstructor, Team } from '@im2grade/nn';

/**
 * The matrix half of a convolution: GEMM and the bias, nothing else. Its input is what `Im2Mat` made.
 *
 * matrix `[B·OpY·OpX][KnY·KnX·InC]`, kernel `[KnY·KnX·InC][KnC]`, output `[B·OpY·OpX][KnC]`, all row-major.
 */
export class Conv2DLayer extends Layer {
  readonly geometry: Geometry;

  constructor(ID: number, geometry: Geometry) {
    super(geometry.OpY * geometry.OpX * geometry.KnC, ID);
    this.geometry = geometry;
  }

  /** Three plain loops, no blocking. */
  override forward(act: Activation[], param: Params[], _team: Team): void {
    const { OpY, OpX, KnY, KnX, InC, KnC } = this.geometry;
    const { batchSize, output: OUT } = act[this.ID];
    const { output: INP } = act[this.ID - 1];
    const { weights, biases } = param[this.ID];
    const [rows, K] = [batchSize * OpY * OpX, KnY * KnX * InC];
    for (let row = 0; row < rows; row++)
      for (let fc = 0; fc < KnC; fc++) {
        let sum = biases[fc];
        for (let k = 0; k < K; k++) sum += INP[row * K + k] * weights[k * KnC + fc];
        OUT[row * KnC + fc] = sum;
      }
  }

  override backward(act: Activation[], param: Params[], grad: Params[], _team: Team): void {
    const { OpY, OpX, KnY, KnX, InC, KnC } = this.geometry;
    const { batchSize, dError_dOutput } = act[this.ID];
    const { output: INP, dError_dOutput: dError_dInput } = act[this.ID - 1];
    const { weights } = param[this.ID];
    const { weights: dError_dWeights, biases: dError_dBiases } = grad[this.ID];
    const [rows, K] = [batchSize * OpY * OpX, KnY * KnX * InC];
    for (let fc = 0; fc < KnC; fc++) {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += dError_dOutput[row * KnC + fc];
      dError_dBiases[fc] = sum;
    }
    for (let k = 0; k < K; k++)
      for (let fc = 0; fc < KnC; fc++) {
        let sum = 0;
        for (let row = 0; row < rows; row++) sum += INP[row * K + k] * dError_dOutput[row * KnC + fc];
        dError_dWeights[k * KnC + fc] = sum;
      }
    for (let row = 0; row < rows; row++)
      for (let k = 0; k < K; k++) {
        let sum = 0;
        for (let fc = 0; fc < KnC; fc++) sum += dError_dOutput[row * KnC + fc] * weights[k * KnC + fc];
        dError_dInput[row * K + k] = sum;
      }
  }

  override allocateParams(real: RealConstructor): Params {
    const { KnY, KnX, InC, KnC } = this.geometry;
    return new Params(KnY * KnX * InC * KnC, KnC, real);
  }

  /** Uniform in ±√(6 / (fan-in + fan-out)), fan-out being KnC as in the original; biases 0. */
  override init(random: Random, param: Params): void {
    const { KnY, KnX, InC, KnC } = this.geometry;
    const scale = Math.sqrt(6 / (KnY * KnX * InC + KnC));
    for (let i = 0; i < param.weights.length; i++) param.weights[i] = random.uniform(-scale, scale);
    param.clearBias();
  }

  override banner(): string {
    const { KnY, KnX, InC, KnC, OpY, OpX } = this.geometry;
    return (
      `(${this.ID}) Conv: In:[${OpY} ${OpX} ${KnY} ${KnX} ${InC}] F:[${KnY} ${KnX} ${InC} ${KnC}] ` +
      `Out:[${OpX} ${OpY} ${KnC}]`
    );
  }
}
