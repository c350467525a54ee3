import { Layer, NotImplementedError, Params } from '@im2grade/nn';
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

  /**
   * Question 1: `OUT = INP · weights + biases`, the bias of each map added once to each of its pixels.
   *
   * Use `gemm` from `@im2grade/nn`. `OUT` may hold anything when you get it; `INP`, weights and biases are only read.
   *
   * @param act - `act[this.ID - 1].output` is INP, `act[this.ID].output` is OUT
   * @param param - `param[this.ID].weights` is the kernel, `param[this.ID].biases` has KnC elements
   * @param team - the threads that run this function together; take your share of the rows (question 2)
   */
  override forward(act: Activation[], param: Params[], team: Team): void {
    const { OpY, OpX, KnY, KnX, InC, KnC } = this.geometry;
    const { batchSize, output: OUT } = act[this.ID];
    const { output: INP } = act[this.ID - 1];
    const { weights, biases } = param[this.ID];
    void [OpY, OpX, KnY, KnX, InC, KnC, batchSize, OUT, INP, weights, biases, team];
    throw new NotImplementedError('Conv2DLayer.forward', 'question 1: one gemm and the bias');
  }

  /**
   * Question 1: the three gradients, summed over the batch. They **overwrite** what the buffers hold.
   *
   * @param act - `act[this.ID].dError_dOutput` is given, `act[this.ID - 1].dError_dOutput` is to fill
   * @param param - the kernel and the biases, as in `forward`
   * @param grad - `grad[this.ID].weights` and `grad[this.ID].biases` are to fill
   * @param team - the threads that run this function together
   */
  override backward(act: Activation[], param: Params[], grad: Params[], team: Team): void {
    const { OpY, OpX, KnY, KnX, InC, KnC } = this.geometry;
    const { batchSize, dError_dOutput } = act[this.ID];
    const { output: INP, dError_dOutput: dError_dInput } = act[this.ID - 1];
    const { weights } = param[this.ID];
    const { weights: dError_dWeights, biases: dError_dBiases } = grad[this.ID];
    void [OpY, OpX, KnY, KnX, InC, KnC, batchSize, dError_dOutput, INP, dError_dInput, weights, dError_dWeights, dError_dBiases, team];
    throw new NotImplementedError('Conv2DLayer.backward', 'question 1: the gradients of biases, weights and input');
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
