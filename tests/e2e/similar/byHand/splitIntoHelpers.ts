import { Layer } from '@im2grade/nn';
import type { Activation, Geometry, Params, Real, Team } from '@im2grade/nn';

/** By hand: what both functions compute alike is taken out of them. */
export class Im2MatLayer extends Layer {
  readonly geometry: Geometry;

  constructor(ID: number, geometry: Geometry) {
    const { OpY, OpX, KnY, KnX, InC } = geometry;
    super(OpY * OpX * KnY * KnX * InC, ID);
    this.geometry = geometry;
  }

  private columns(ox: number): [number, number, number] {
    const { Sx, Px, KnX, InX, InC } = this.geometry;
    const x0 = ox * Sx - Px;
    return [x0, Math.max(0, -x0) * InC, Math.min(KnX, InX - x0) * InC];
  }

  private valid(y: number): boolean {
    return y >= 0 && y < this.geometry.InY;
  }

  Mat2Im(gradMatrix: Real, gradImage: Real, batch: number, team: Team): void {
    const { InY, InX, InC, KnY, KnX, Sy, Py, OpY, OpX } = this.geometry;
    const size = InY * InX * InC;
    const [b0, b1] = team.share(batch);
    gradImage.fill(0, b0 * size, b1 * size);
    let src = b0 * OpY * OpX * KnY * KnX * InC;
    for (let r = b0 * OpY; r < b1 * OpY; r++) {
      const img = Math.floor(r / OpY) * InY;
      const y0 = (r % OpY) * Sy - Py;
      for (let ox = 0; ox < OpX; ox++) {
        const [x0, lo, hi] = this.columns(ox);
        for (let ky = 0; ky < KnY; ky++) {
          const y = y0 + ky;
          if (this.valid(y)) {
            const dst = ((img + y) * InX + x0) * InC;
            for (let q = lo; q < hi; q++) gradImage[dst + q] += gradMatrix[src + q];
          }
          src += KnX * InC;
        }
      }
    }
    team.barrier();
  }

  Im2Mat(image: Real, matrix: Real, batch: number, team: Team): void {
    const { InY, InX, InC, KnY, KnX, Sy, Py, OpY, OpX } = this.geometry;
    const width = KnX * InC;
    const [r0, r1] = team.share(batch * OpY);
    let dst = r0 * OpX * KnY * width;
    for (let r = r0; r < r1; r++) {
      const img = Math.floor(r / OpY) * InY;
      const y0 = (r % OpY) * Sy - Py;
      for (let ox = 0; ox < OpX; ox++) {
        const [x0, lo, hi] = this.columns(ox);
        for (let ky = 0; ky < KnY; ky++) {
          const y = y0 + ky;
          const src = ((img + y) * InX + x0) * InC;
          if (this.valid(y) && hi - lo === width) for (let q = 0; q < width; q++) matrix[dst + q] = image[src + q];
          else {
            matrix.fill(0, dst, dst + width);
            if (this.valid(y)) for (let q = lo; q < hi; q++) matrix[dst + q] = image[src + q];
          }
          dst += width;
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
    return `(${this.ID}) Im2Mat`;
  }
}
