import { Layer } from '@im2grade/nn';
import type { Activation, Geometry, Params, Real, Team } from '@im2grade/nn';

/** By hand: images and their rows are two loops, and the copies are done by the arrays. */
export class Im2MatLayer extends Layer {
  readonly geometry: Geometry;

  constructor(ID: number, geometry: Geometry) {
    const { OpY, OpX, KnY, KnX, InC } = geometry;
    super(OpY * OpX * KnY * KnX * InC, ID);
    this.geometry = geometry;
  }

  Im2Mat(IMG: Real, MAT: Real, B: number, team: Team): void {
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    const [begin, end] = team.share(B * OpY);
    let k = begin * OpX * KnY * KnX * InC;
    for (let row = begin; row < end; row++) {
      const b = Math.floor(row / OpY);
      const oy = row % OpY;
      for (let ox = 0; ox < OpX; ox++) {
        const left = ox * Sx - Px;
        const first = Math.max(0, -left) * InC;
        const last = Math.min(KnX, InX - left) * InC;
        for (let fy = 0; fy < KnY; fy++, k += KnX * InC) {
          const iy = oy * Sy - Py + fy;
          const from = ((b * InY + iy) * InX + left) * InC;
          if (iy < 0 || iy >= InY) MAT.fill(0, k, k + KnX * InC);
          else if (last - first === KnX * InC) MAT.set(IMG.subarray(from, from + KnX * InC), k);
          else {
            MAT.fill(0, k, k + KnX * InC);
            for (let i = first; i < last; i++) MAT[k + i] = IMG[from + i];
          }
        }
      }
    }
    team.barrier();
  }

  Mat2Im(dMAT: Real, dIMG: Real, B: number, team: Team): void {
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    const [begin, end] = team.share(B);
    dIMG.fill(0, begin * InY * InX * InC, end * InY * InX * InC);
    let k = begin * OpY * OpX * KnY * KnX * InC;
    for (let b = begin; b < end; b++)
      for (let oy = 0; oy < OpY; oy++)
        for (let ox = 0; ox < OpX; ox++) {
          const left = ox * Sx - Px;
          const first = Math.max(0, -left) * InC;
          const last = Math.min(KnX, InX - left) * InC;
          for (let fy = 0; fy < KnY; fy++, k += KnX * InC) {
            const iy = oy * Sy - Py + fy;
            if (iy < 0 || iy >= InY) continue;
            const to = ((b * InY + iy) * InX + left) * InC;
            for (let i = first; i < last; i++) dIMG[to + i] += dMAT[k + i];
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
    return `(${this.ID}) Im2Mat`;
  }
}
