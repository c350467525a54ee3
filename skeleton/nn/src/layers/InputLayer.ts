import { Layer } from '../network/Layer.ts';

/** Layer 0: its output is the input of the network. */
export class InputLayer extends Layer {
  override forward(): void {}
  override backward(): void {}

  override banner(): string {
    return `(${this.ID}) Input Layer of size:${this.size}`;
  }
}
