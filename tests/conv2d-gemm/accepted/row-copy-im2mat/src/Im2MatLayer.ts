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

  /** A row of a patch is a row of the image: copied with one `set`. */
  Im2Mat(INP: Real, OUT: Real, batchSize: number, team: Team): void {
    if (team.rank > 0) return team.barrier();
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    OUT.fill(0);
    let row = 0;
    for (let b = 0; b < batchSize; b++)
      for (let oy = 0; oy < OpY; oy++)
        for (let ox = 0; ox < OpX; ox++)
          for (let fy = 0; fy < KnY; fy++, row += KnX * InC) {
            const iy = oy * Sy - Py + fy;
            const left = ox * Sx - Px;
            const [first, last] = [Math.max(left, 0), Math.min(left + KnX, InX)];
            if (iy < 0 || iy >= InY || first >= last) continue;
            const image = (b * InY + iy) * InX;
            OUT.set(INP.subarray((image + first) * InC, (image + last) * InC), row + (first - left) * InC);
          }
    team.barrier();
  }

  Mat2Im(dError_dOutput: Real, dError_dInput: Real, batchSize: number, team: Team): void {
    if (team.rank > 0) return team.barrier();
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    dError_dInput.fill(0);
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
                dError_dInput[pixel] += dError_dOutput[element];
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
