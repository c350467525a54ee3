import { Layer, Params } from '@im2grade/nn';
import type { Activation, Geometry, Random, Real, RealConstructor, Team } from '@im2grade/nn';

/**
 * The matrix half of a convolution: GEMM and the bias, nothing else. Its input is what `Im2Mat` made.
 *
 * matrix `[B·OpY·OpX][KnY·KnX·InC]`, kernel `[KnY·KnX·InC][KnC]`, output `[B·OpY·OpX][KnC]`, all row-major.
 *
 * Derived from `Layer` itself: it brings its own parameters, first values and banner.
 */
export class Conv2DLayer extends Layer {
  readonly geometry: Geometry;

  constructor(ID: number, geometry: Geometry) {
    super(geometry.OpY * geometry.OpX * geometry.KnC, ID);
    this.geometry = geometry;
  }

  /** Its own product, tile by tile; the first tile of K overwrites what the buffers held. */
  override forward(act: Activation[], param: Params[], team: Team): void {
    if (team.rank > 0) return team.barrier();
    const { OpY, OpX, KnY, KnX, InC, KnC } = this.geometry;
    const { batchSize, output: OUT } = act[this.ID];
    const { weights, biases } = param[this.ID];
    const [rows, K] = [batchSize * OpY * OpX, KnY * KnX * InC];
    multiply(
      rows,
      KnC,
      K,
      { values: act[this.ID - 1].output, row: K, column: 1 },
      { values: weights, row: KnC, column: 1 },
      OUT,
    );
    for (let i = 0; i < OUT.length; i++) OUT[i] += biases[i % KnC];
    team.barrier();
  }

  override backward(act: Activation[], param: Params[], grad: Params[], team: Team): void {
    if (team.rank > 0) return team.barrier();
    const { OpY, OpX, KnY, KnX, InC, KnC } = this.geometry;
    const { batchSize, dError_dOutput } = act[this.ID];
    const { output: INP, dError_dOutput: dError_dInput } = act[this.ID - 1];
    const { weights: dError_dWeights, biases: dError_dBiases } = grad[this.ID];
    const [rows, K] = [batchSize * OpY * OpX, KnY * KnX * InC];
    const dOutput = { values: dError_dOutput, row: KnC, column: 1 };
    const ones = new Float64Array(rows).fill(1);
    multiply(1, KnC, rows, { values: ones, row: 0, column: 1 }, dOutput, dError_dBiases);
    multiply(K, KnC, rows, { values: INP, row: 1, column: K }, dOutput, dError_dWeights);
    multiply(rows, K, KnC, dOutput, { values: param[this.ID].weights, row: 1, column: KnC }, dError_dInput);
    team.barrier();
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

/** A matrix by its strides: element (i, j) is `values[i·row + j·column]`. */
interface Matrix {
  readonly values: Real;
  readonly row: number;
  readonly column: number;
}

const TILE = 16;

/** C = A · B for M×K and K×N, row-major C. */
function multiply(M: number, N: number, K: number, A: Matrix, B: Matrix, C: Real): void {
  C.fill(0);
  for (let k0 = 0; k0 < K; k0 += TILE)
    for (let i0 = 0; i0 < M; i0 += TILE)
      for (let k = k0; k < Math.min(K, k0 + TILE); k++)
        for (let i = i0; i < Math.min(M, i0 + TILE); i++) {
          const a = A.values[i * A.row + k * A.column];
          for (let j = 0; j < N; j++) C[i * N + j] += a * B.values[k * B.row + j * B.column];
        }
}
