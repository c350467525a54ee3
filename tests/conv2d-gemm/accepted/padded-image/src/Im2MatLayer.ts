import { Layer } from '@im2grade/nn';
import type { Activation, Geometry, Params, Real, Team } from '@im2grade/nn';

/**
 * Rearranges images so that a convolution becomes one matrix product.
 *
 * Row-major, channels last: image `[B][InY][InX][InC]`, matrix `[B·OpY·OpX][KnY·KnX·InC]`.
 */
export class Im2MatLayer extends Layer {
  readonly geometry: Geometry;

  constructor(ID: number, geometry: Geometry) {
    const { OpY, OpX, KnY, KnX, InC } = geometry;
    super(OpY * OpX * KnY * KnX * InC, ID);
    this.geometry = geometry;
  }

  /** Pads first: with a frame of zeros around every image no element needs a bounds check. */
  Im2Mat(INP: Real, OUT: Real, batchSize: number, team: Team): void {
    if (team.rank > 0) return team.barrier();
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    const width = (InX + 2 * Px) * InC;
    const padded = new Float64Array((InY + 2 * Py) * width);
    let element = 0;
    for (let b = 0; b < batchSize; b++) {
      for (let iy = 0; iy < InY; iy++) {
        const row = (b * InY + iy) * InX * InC;
        padded.set(INP.subarray(row, row + InX * InC), (iy + Py) * width + Px * InC);
      }
      for (let oy = 0; oy < OpY; oy++)
        for (let ox = 0; ox < OpX; ox++)
          for (let fy = 0; fy < KnY; fy++) {
            const from = (oy * Sy + fy) * width + ox * Sx * InC;
            for (let i = 0; i < KnX * InC; i++) OUT[element++] = padded[from + i];
          }
    }
    team.barrier();
  }

  /** Adds into a padded image and cuts the frame off. */
  Mat2Im(dError_dOutput: Real, dError_dInput: Real, batchSize: number, team: Team): void {
    if (team.rank > 0) return team.barrier();
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    const width = (InX + 2 * Px) * InC;
    let element = 0;
    for (let b = 0; b < batchSize; b++) {
      const padded = new Float64Array((InY + 2 * Py) * width);
      for (let oy = 0; oy < OpY; oy++)
        for (let ox = 0; ox < OpX; ox++)
          for (let fy = 0; fy < KnY; fy++) {
            const to = (oy * Sy + fy) * width + ox * Sx * InC;
            for (let i = 0; i < KnX * InC; i++) padded[to + i] += dError_dOutput[element++];
          }
      for (let iy = 0; iy < InY; iy++) {
        const from = (iy + Py) * width + Px * InC;
        dError_dInput.set(padded.subarray(from, from + InX * InC), (b * InY + iy) * InX * InC);
      }
    }
    team.barrier();
  }

  override forward(act: Activation[], _param: Params[], team: Team): void {
    this.Im2Mat(act[this.ID - 1].output, act[this.ID].output, act[this.ID].batchSize, team);
  }

  override backward(act: Activation[], _param: Params[], _grad: Params[], team: Team): void {
    this.Mat2Im(act[this.ID].dError_dOutput, act[this.ID - 1].dError_dOutput, act[this.ID].batchSize, team);
  }

  override banner(): string {
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    return (
      `(${this.ID}) Im2Col transform Img:[${InY} ${InX} ${InC}] to Mat:[${OpY} ${OpX} ${KnY} ${KnX} ${InC}] ` +
      `with Stride:[${Sy} ${Sx}] and Padding:[${Py} ${Px}]`
    );
  }
}
