import type { Real, RealConstructor, Team } from '@im2grade/engine';
import type { Random } from '../numbers/random.ts';
import { Activation } from './Activation.ts';
import { Params } from './Params.ts';

/**
 * One step of a network. It holds sizes and no data: layer ID reads the output of layer ID − 1 and writes its own
 * output; in the backward pass it reads its own gradient and overwrites that of layer ID − 1.
 */
export abstract class Layer {
  /** Outputs for one sample. */
  readonly size: number;
  readonly ID: number;

  constructor(size: number, ID: number) {
    this.size = size;
    this.ID = ID;
  }

  /** Reads `act[ID − 1].output`, overwrites `act[ID].output`. */
  abstract forward(act: Activation[], param: Params[], team: Team): void;

  /** Reads `act[ID].dError_dOutput`, overwrites `act[ID − 1].dError_dOutput` and, summed over the batch, `grad[ID]`. */
  abstract backward(act: Activation[], param: Params[], grad: Params[], team: Team): void;

  /**
   * The values of the last forward pass at whose change of sign the layer has a kink; a gradient check skips a step over
   * one. A smooth layer has none.
   */
  kinks(_act: Activation[]): Real | readonly number[] {
    return [];
  }

  /** The line that the network logs when the layer is added. */
  abstract banner(): string;

  /** Gives the parameters their initial values; a layer without parameters does nothing. */
  init(_random: Random, _param: Params): void {}

  allocateParams(real: RealConstructor): Params {
    return new Params(0, 0, real);
  }

  allocateActivation(batchSize: number, real: RealConstructor): Activation {
    return new Activation(batchSize, this.size, real);
  }
}
