import { Layer } from '@im2grade/nn';
import type { Activation, Geometry, Params, Real, Team } from '@im2grade/nn';

/** By hand: no destructuring, no for, conditions the other way round. */
export class Im2MatLayer extends Layer {
  readonly geometry: Geometry;

  constructor(ID: number, geometry: Geometry) {
    const { OpY, OpX, KnY, KnX, InC } = geometry;
    super(OpY * OpX * KnY * KnX * InC, ID);
    this.geometry = geometry;
  }

  Im2Mat(bild: Real, matrix: Real, anzahl: number, gruppe: Team): void {
    const g = this.geometry;
    const breite = g.InC * g.KnX;
    const [anfang, ende] = gruppe.share(g.OpY * anzahl);
    let ziel = breite * g.KnY * g.OpX * anfang;
    let zeile = anfang;
    while (zeile < ende) {
      const oben = g.Sy * (zeile % g.OpY) - g.Py;
      const start = g.InY * Math.floor(zeile / g.OpY);
      let spalte = 0;
      while (spalte < g.OpX) {
        const links = g.Sx * spalte - g.Px;
        const bis = g.InC * Math.min(g.InX - links, g.KnX);
        const von = g.InC * Math.max(-links, 0);
        let k = 0;
        while (k < g.KnY) {
          const y = k + oben;
          const quelle = g.InC * (links + g.InX * (y + start));
          const ausserhalb = y < 0 || y >= g.InY;
          if (ausserhalb || bis - von !== breite) {
            matrix.fill(0, ziel, breite + ziel);
            if (!ausserhalb) {
              let n = von;
              while (n < bis) {
                matrix[n + ziel] = bild[n + quelle];
                n += 1;
              }
            }
          } else {
            let n = 0;
            while (n < breite) {
              matrix[n + ziel] = bild[n + quelle];
              n += 1;
            }
          }
          k += 1;
          ziel += breite;
        }
        spalte += 1;
      }
      zeile += 1;
    }
    gruppe.barrier();
  }

  Mat2Im(matrix: Real, bild: Real, anzahl: number, gruppe: Team): void {
    const g = this.geometry;
    const breite = g.InC * g.KnX;
    const [anfang, ende] = gruppe.share(anzahl);
    bild.fill(0, g.InC * g.InX * g.InY * anfang, g.InC * g.InX * g.InY * ende);
    let quelle = breite * g.KnY * g.OpX * g.OpY * anfang;
    let zeile = g.OpY * anfang;
    while (zeile < g.OpY * ende) {
      const oben = g.Sy * (zeile % g.OpY) - g.Py;
      const start = g.InY * Math.floor(zeile / g.OpY);
      let spalte = 0;
      while (spalte < g.OpX) {
        const links = g.Sx * spalte - g.Px;
        const bis = g.InC * Math.min(g.InX - links, g.KnX);
        const von = g.InC * Math.max(-links, 0);
        let k = 0;
        while (k < g.KnY) {
          const y = k + oben;
          if (y >= 0 && y < g.InY) {
            const ziel = g.InC * (links + g.InX * (y + start));
            let n = von;
            while (n < bis) {
              bild[n + ziel] = bild[n + ziel] + matrix[n + quelle];
              n += 1;
            }
          }
          k += 1;
          quelle += breite;
        }
        spalte += 1;
      }
      zeile += 1;
    }
    gruppe.barrier();
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
