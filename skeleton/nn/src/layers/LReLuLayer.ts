import type { Activation } from '../network/Activation.ts';
import { Layer } from '../network/Layer.ts';

/** Slope on the negative side, and at 0. */
const LEAK = 0.1;

/** Leaky rectifier: x for x > 0, else 0.1·x. */
export class LReLuLayer extends Layer {
  override forward(act: Activation[]): void {
    const { output: INP } = act[this.ID - 1];
    const { output: OUT } = act[this.ID];
    for (let i = 0; i < OUT.length; i++) OUT[i] = INP[i] > 0 ? INP[i] : LEAK * INP[i];
  }

  override backward(act: Activation[]): void {
    const { output: INP, dError_dOutput: dError_dInput } = act[this.ID - 1];
    const { dError_dOutput } = act[this.ID];
    for (let i = 0; i < INP.length; i++) dError_dInput[i] = INP[i] > 0 ? dError_dOutput[i] : LEAK * dError_dOutput[i];
  }

  override banner(): string {
    return `(${this.ID}) LReLu Layer of size:${this.size}`;
  }
}
