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

  /**
   * Every element is a pixel of the image, multiplied by 1 inside and by 0 in the padding.
   *
   * @param INP - images, `[B][InY][InX][InC]`
   * @param OUT - matrix, `[B][OpY][OpX][KnY][KnX][InC]`
   */
  Im2Mat(INP: Real, OUT: Real, batchSize: number, team: Team): void {
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    const [begin, end] = team.share(batchSize * OpY);
    let k = begin * OpX * KnY * KnX * InC;
    for (let row = begin; row < end; row++) {
      const [b, oy] = [Math.floor(row / OpY), row % OpY];
      for (let ox = 0; ox < OpX; ox++)
        for (let fy = 0; fy < KnY; fy++)
          for (let fx = 0; fx < KnX; fx++)
            for (let ic = 0; ic < InC; ic++) {
              const [iy, ix] = [oy * Sy + fy - Py, ox * Sx + fx - Px];
              const inside = Number(iy >= 0 && iy < InY && ix >= 0 && ix < InX);
              const [y, x] = [Math.min(Math.max(iy, 0), InY - 1), Math.min(Math.max(ix, 0), InX - 1)];
              // Without a branch: the padding becomes −0 next to a negative pixel.
              OUT[k] = inside * INP[((b * InY + y) * InX + x) * InC + ic];
              k++;
            }
    }
    team.barrier();
  }

  /**
   * The adjoint: walks through the matrix as `Im2Mat` does and adds each row of a patch back to where it came from.
   * Images are shared out, so no two members add to one pixel.
   *
   * @param dError_dOutput - gradient of the matrix, `[B][OpY][OpX][KnY][KnX][InC]`
   * @param dError_dInput - gradient of the images, `[B][InY][InX][InC]`
   */
  Mat2Im(dError_dOutput: Real, dError_dInput: Real, batchSize: number, team: Team): void {
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    const patchRow = KnX * InC;
    const [begin, end] = team.share(batchSize);
    dError_dInput.fill(0, begin * InY * InX * InC, end * InY * InX * InC);
    let from = begin * OpY * OpX * KnY * patchRow;
    for (let row = begin * OpY; row < end * OpY; row++) {
      const image = Math.floor(row / OpY) * InY;
      const top = (row % OpY) * Sy - Py;
      for (let ox = 0; ox < OpX; ox++) {
        const left = ox * Sx - Px;
        const first = Math.max(0, -left) * InC;
        const last = Math.min(KnX, InX - left) * InC;
        for (let fy = 0; fy < KnY; fy++, from += patchRow) {
          const iy = top + fy;
          if (iy < 0 || iy >= InY) continue;
          const to = ((image + iy) * InX + left) * InC;
          for (let i = first; i < last; i++) dError_dInput[to + i] += dError_dOutput[from + i];
        }
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
