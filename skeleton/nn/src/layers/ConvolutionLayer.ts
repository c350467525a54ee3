import type { RealConstructor } from '@im2grade/engine';
import type { Geometry } from '../geometry.ts';
import { Layer } from '../network/Layer.ts';
import { Params } from '../network/Params.ts';
import type { Random } from '../numbers/random.ts';

/**
 * What every layer with a convolution's kernel has: its sizes, its parameters and their first values. A subclass adds
 * `forward` and `backward`.
 *
 * kernel `[KnY][KnX][InC][KnC]`, one bias for each of the KnC maps, output `[B][OpY][OpX][KnC]`, all row-major.
 */
export abstract class ConvolutionLayer extends Layer {
  readonly geometry: Geometry;

  constructor(ID: number, geometry: Geometry) {
    super(geometry.OpY * geometry.OpX * geometry.KnC, ID);
    this.geometry = geometry;
  }

  override allocateParams(real: RealConstructor): Params {
    const { KnY, KnX, InC, KnC } = this.geometry;
    return new Params(KnY * KnX * InC * KnC, KnC, real);
  }

  /** Uniform in ±√(6 / (fan-in + fan-out)), with KnC as the fan-out as in the original exercise; biases 0. */
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
