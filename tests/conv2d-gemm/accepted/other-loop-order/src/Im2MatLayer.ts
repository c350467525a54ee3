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

  /** Kernel positions outermost: one shifted image after the other is spread over the matrix. */
  Im2Mat(INP: Real, OUT: Real, batchSize: number, team: Team): void {
    if (team.rank > 0) return team.barrier();
    this.eachCopy(batchSize, (pixel, element) => (OUT[element] = pixel < 0 ? 0 : INP[pixel]));
    team.barrier();
  }

  Mat2Im(dError_dOutput: Real, dError_dInput: Real, batchSize: number, team: Team): void {
    if (team.rank > 0) return team.barrier();
    dError_dInput.fill(0);
    this.eachCopy(batchSize, (pixel, element) => {
      if (pixel >= 0) dError_dInput[pixel] += dError_dOutput[element];
    });
    team.barrier();
  }

  /** Visits each element with its pixel, −1 in the padding; last channels, last columns and last images first. */
  private eachCopy(batchSize: number, visit: (pixel: number, element: number) => void): void {
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    for (let fy = KnY - 1; fy >= 0; fy--)
      for (let fx = 0; fx < KnX; fx++)
        for (let ic = InC - 1; ic >= 0; ic--)
          for (let ox = OpX - 1; ox >= 0; ox--)
            for (let oy = 0; oy < OpY; oy++)
              for (let b = batchSize - 1; b >= 0; b--) {
                const [iy, ix] = [oy * Sy - Py + fy, ox * Sx - Px + fx];
                const isInside = iy >= 0 && iy < InY && ix >= 0 && ix < InX;
                const pixel = isInside ? ((b * InY + iy) * InX + ix) * InC + ic : -1;
                visit(pixel, ((((b * OpY + oy) * OpX + ox) * KnY + fy) * KnX + fx) * InC + ic);
              }
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
