import { Layer } from '@im2grade/nn';
import type { Activation, Geometry, Params, Real, Team } from '@im2grade/nn';

/** By hand: functions are fields, and loops go through lists of numbers. */
const upTo = (n: number): number[] => [...Array(n).keys()];

export class Im2MatLayer extends Layer {
  readonly geometry: Geometry;

  constructor(ID: number, geometry: Geometry) {
    const { OpY, OpX, KnY, KnX, InC } = geometry;
    super(OpY * OpX * KnY * KnX * InC, ID);
    this.geometry = geometry;
  }

  Mat2Im = (D: Real, R: Real, count: number, crew: Team): void => {
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    const chunk = KnX * InC;
    const [a, z] = crew.share(count);
    R.fill(0, a * InY * InX * InC, z * InY * InX * InC);
    let p = a * OpY * OpX * KnY * chunk;
    for (let row = a * OpY; row < z * OpY; row++) {
      const [base, y0] = [Math.floor(row / OpY) * InY, (row % OpY) * Sy - Py];
      upTo(OpX).forEach((ox) => {
        const x0 = ox * Sx - Px;
        const [s, t] = [Math.max(0, -x0) * InC, Math.min(KnX, InX - x0) * InC];
        for (const fy of upTo(KnY)) {
          const y = y0 + fy;
          if (y >= 0 && y < InY) {
            const q = ((base + y) * InX + x0) * InC;
            for (let i = s; i < t; i++) R[q + i] += D[p + i];
          }
          p += chunk;
        }
      });
    }
    crew.barrier();
  };

  Im2Mat = (P: Real, Q: Real, count: number, crew: Team): void => {
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    const chunk = KnX * InC;
    const [a, z] = crew.share(count * OpY);
    let q = a * OpX * KnY * chunk;
    for (let row = a; row < z; row++) {
      const [base, y0] = [Math.floor(row / OpY) * InY, (row % OpY) * Sy - Py];
      upTo(OpX).forEach((ox) => {
        const x0 = ox * Sx - Px;
        const [s, t] = [Math.max(0, -x0) * InC, Math.min(KnX, InX - x0) * InC];
        for (const fy of upTo(KnY)) {
          const y = y0 + fy;
          const p = ((base + y) * InX + x0) * InC;
          const good = y >= 0 && y < InY;
          if (good && t - s === chunk) for (let i = 0; i < chunk; i++) Q[q + i] = P[p + i];
          else {
            Q.fill(0, q, q + chunk);
            if (good) for (let i = s; i < t; i++) Q[q + i] = P[p + i];
          }
          q += chunk;
        }
      });
    }
    crew.barrier();
  };

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
