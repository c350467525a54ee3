import type { Team } from '@im2grade/engine';
import { type Activation, Layer, type Params } from '@im2grade/nn';
import { poolBackward, poolForward } from './pooling/pool.ts';
import type { PoolGeometry } from './pooling/PoolGeometry.ts';
import type { PoolKind } from './pooling/PoolingBackend.ts';

/** The largest number or the mean of each channel in each window; image `[B][InY][InX][C]`, output `[B][OpY][OpX][C]`. */
export class PoolingLayer extends Layer {
  readonly #kind: PoolKind;
  readonly #geometry: PoolGeometry;

  constructor(ID: number, kind: PoolKind, geometry: PoolGeometry) {
    super(geometry.OpY * geometry.OpX * geometry.C, ID);
    this.#kind = kind;
    this.#geometry = geometry;
  }

  /** Each member of the team takes its images. */
  override forward(act: Activation[], _param: Params[], team: Team): void {
    const { output: INP } = act[this.ID - 1];
    const { output: OUT, batchSize } = act[this.ID];
    const { geometry, inputs, outputs } = this.#part(batchSize, team);
    if (geometry.B > 0) poolForward(this.#kind, geometry, INP.subarray(...inputs), OUT.subarray(...outputs));
    team.barrier();
  }

  override backward(act: Activation[], _param: Params[], _grad: Params[], team: Team): void {
    const { output: INP, dError_dOutput: dError_dInput } = act[this.ID - 1];
    const { output: OUT, dError_dOutput, batchSize } = act[this.ID];
    const { geometry, inputs, outputs } = this.#part(batchSize, team);
    const [image, dImage] = [INP, dError_dInput].map((values) => values.subarray(...inputs));
    const [output, dOutput] = [OUT, dError_dOutput].map((values) => values.subarray(...outputs));
    if (geometry.B > 0) poolBackward(this.#kind, geometry, image, output, dOutput, dImage);
    team.barrier();
  }

  #part(batchSize: number, team: Team) {
    const { InY, InX, C } = this.#geometry;
    const [begin, end] = team.share(batchSize);
    const range = (size: number): [number, number] => [begin * size, end * size];
    return {
      geometry: { ...this.#geometry, B: end - begin },
      inputs: range(InY * InX * C),
      outputs: range(this.size),
    };
  }

  override banner(): string {
    const { InY, InX, C, KnY, KnX, Sy, Sx, OpY, OpX } = this.#geometry;
    return `(${this.ID}) Pooling (${this.#kind}): Img:[${InY} ${InX} ${C}] W:[${KnY} ${KnX}] with Stride:[${Sy} ${Sx}] Out:[${OpY} ${OpX} ${C}]`;
  }
}
