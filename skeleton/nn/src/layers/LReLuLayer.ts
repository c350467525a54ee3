import { elementwiseInUse, type Real, type Team } from '@im2grade/engine';
import type { Activation } from '../network/Activation.ts';
import { Layer } from '../network/Layer.ts';
import type { Params } from '../network/Params.ts';

const SLOPE = 0.1;

/** Leaky rectifier: x for x > 0, else 0.1·x, or x times another slope: 0 makes it a ReLU. */
export class LReLuLayer extends Layer {
  readonly #slope: number;

  constructor(size: number, ID: number, slope = SLOPE) {
    super(size, ID);
    this.#slope = slope;
  }

  override forward(act: Activation[], _param: Params[], team: Team): void {
    const { output: INP } = act[this.ID - 1];
    const { output: OUT } = act[this.ID];
    const part = team.share(OUT.length);
    const own = INP.subarray(...part);
    elementwiseInUse().rectify(own, own, OUT.subarray(...part), this.#slope);
    team.barrier();
  }

  override backward(act: Activation[], _param: Params[], _grad: Params[], team: Team): void {
    const { output: INP, dError_dOutput: dError_dInput } = act[this.ID - 1];
    const { dError_dOutput } = act[this.ID];
    const [own, gradient, result] = [INP, dError_dOutput, dError_dInput].map((values) =>
      values.subarray(...team.share(INP.length)),
    );
    elementwiseInUse().rectify(own, gradient, result, this.#slope);
    team.barrier();
  }

  /** The slope changes where the input does. */
  override kinks(act: Activation[]): Real {
    return act[this.ID - 1].output;
  }

  override banner(): string {
    return `(${this.ID}) LReLu Layer of size:${this.size}`;
  }
}
