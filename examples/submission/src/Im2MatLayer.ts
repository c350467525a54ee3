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

  /** Copies one row of a patch at a time; what is outside the image stays zero. */
  Im2Mat(INP: Real, OUT: Real, batchSize: number, team: Team): void {
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    const rowLength = KnX * InC;
    const [begin, end] = team.share(batchSize);
    for (let b = begin; b < end; b++) {
      for (let oy = 0; oy < OpY; oy++) {
        for (let ox = 0; ox < OpX; ox++) {
          const patch = ((b * OpY + oy) * OpX + ox) * KnY * rowLength;
          const ix = ox * Sx - Py;
          for (let fy = 0; fy < KnY; fy++) {
            const iy = oy * Sy - Px + fy;
            const row = patch + fy * rowLength;
            OUT.fill(0, row, row + rowLength);
            if (iy < 0 || iy >= InY) continue;
            const first = Math.max(0, -ix);
            const last = Math.min(KnX, InX - ix);
            const image = (b * InY + iy) * InX;
            for (let i = first * InC; i < last * InC; i++) OUT[row + i] = INP[(image + ix) * InC + i];
          }
        }
      }
    }
    team.barrier();
  }

  /** Every pixel collects from the kernel positions that saw it. */
  Mat2Im(dError_dOutput: Real, dError_dInput: Real, batchSize: number, team: Team): void {
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    const [begin, end] = team.share(batchSize);
    dError_dInput.fill(0, begin * InY * InX * InC, end * InY * InX * InC);
    for (let b = begin; b < end; b++) {
      for (let oy = 0; oy < OpY; oy++) {
        for (let ox = 0; ox < OpX; ox++) {
          for (let fy = 0; fy < KnY; fy++) {
            const iy = oy * Sy - Py + fy;
            if (iy < 0 || iy >= InY) continue;
            for (let fx = 0; fx < KnX; fx++) {
              const ix = ox * Sx - Px + fx;
              if (ix < 0 || ix >= InX) continue;
              const pixel = ((b * InY + iy) * InX + ix) * InC;
              const element = ((((b * OpY + oy) * OpX + ox) * KnY + fy) * KnX + fx) * InC;
              for (let ic = 0; ic < InC; ic++) dError_dInput[pixel + ic] += dError_dOutput[element + ic];
            }
          }
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
