import { type Activation, Layer, type Params, type Team } from '@im2grade/nn';

/** Subtracts a mean and divides by a deviation. It must come first: nothing before it learns. */
export class NormalisingLayer extends Layer {
  readonly #mean: number;
  readonly #deviation: number;

  constructor(size: number, ID: number, { mean, deviation }: { readonly mean: number; readonly deviation: number }) {
    super(size, ID);
    this.#mean = mean;
    this.#deviation = deviation;
  }

  override forward(act: Activation[], _param: Params[], team: Team): void {
    const [{ output: INP }, { output: OUT }] = [act[this.ID - 1], act[this.ID]];
    const [begin, end] = team.share(OUT.length);
    for (let i = begin; i < end; i++) OUT[i] = (INP[i] - this.#mean) / this.#deviation;
    team.barrier();
  }

  override backward(act: Activation[], _param: Params[], _grad: Params[], team: Team): void {
    const [{ dError_dOutput: before }, { dError_dOutput }] = [act[this.ID - 1], act[this.ID]];
    const [begin, end] = team.share(before.length);
    for (let i = begin; i < end; i++) before[i] = dError_dOutput[i] / this.#deviation;
    team.barrier();
  }

  override banner(): string {
    return `(${this.ID}) Normalisation of size:${this.size}`;
  }
}
