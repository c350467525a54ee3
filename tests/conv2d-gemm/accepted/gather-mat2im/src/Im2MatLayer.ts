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

  /** The definition, element by element: every index is worked out anew for every element. */
  Im2Mat(INP: Real, OUT: Real, batchSize: number, team: Team): void {
    if (team.rank > 0) return team.barrier();
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    OUT.fill(0);
    for (let b = 0; b < batchSize; b++)
      for (let oy = 0; oy < OpY; oy++)
        for (let ox = 0; ox < OpX; ox++)
          for (let fy = 0; fy < KnY; fy++)
            for (let fx = 0; fx < KnX; fx++) {
              const iy = oy * Sy - Py + fy;
              const ix = ox * Sx - Px + fx;
              if (iy < 0 || iy >= InY || ix < 0 || ix >= InX) continue;
              for (let ic = 0; ic < InC; ic++) {
                const pixel = ((b * InY + iy) * InX + ix) * InC + ic;
                const element = ((((b * OpY + oy) * OpX + ox) * KnY + fy) * KnX + fx) * InC + ic;
                OUT[element] = INP[pixel];
              }
            }
    team.barrier();
  }

  /** Gathers: each pixel asks every kernel position whether, and from where, it is seen. */
  Mat2Im(dError_dOutput: Real, dError_dInput: Real, batchSize: number, team: Team): void {
    if (team.rank > 0) return team.barrier();
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    for (let b = 0; b < batchSize; b++)
      for (let iy = 0; iy < InY; iy++)
        for (let ix = 0; ix < InX; ix++)
          for (let ic = 0; ic < InC; ic++) {
            let sum = 0;
            for (let fy = 0; fy < KnY; fy++) {
              const oy = (iy + Py - fy) / Sy;
              if (!Number.isInteger(oy) || oy < 0 || oy >= OpY) continue;
              for (let fx = 0; fx < KnX; fx++) {
                const ox = (ix + Px - fx) / Sx;
                if (!Number.isInteger(ox) || ox < 0 || ox >= OpX) continue;
                sum += dError_dOutput[((((b * OpY + oy) * OpX + ox) * KnY + fy) * KnX + fx) * InC + ic];
              }
            }
            dError_dInput[((b * InY + iy) * InX + ix) * InC + ic] = sum;
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
