import { Layer } from '@im2grade/nn';
import type { Activation, Geometry, Params, Real, Team } from '@im2grade/nn';

/** By hand: each step has a name of its own, and there are lines that do nothing. */
export class Im2MatLayer extends Layer {
  readonly geometry: Geometry;

  constructor(ID: number, geometry: Geometry) {
    const { OpY, OpX, KnY, KnX, InC } = geometry;
    super(OpY * OpX * KnY * KnX * InC, ID);
    this.geometry = geometry;
  }

  Im2Mat(input: Real, output: Real, n: number, workers: Team): void {
    const { InY: H, InX: W, InC: C, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    const stepSize = KnX * C;
    const allRows = n * OpY;
    const mine = workers.share(allRows);
    const firstRow = mine[0];
    const lastRow = mine[1];
    const perRow = OpX * KnY;
    let writeAt = firstRow * perRow * stepSize;
    for (let current = firstRow; current < lastRow; current++) {
      const imageNumber = Math.floor(current / OpY);
      const imageStart = imageNumber * H;
      const outputY = current % OpY;
      const scaledY = outputY * Sy;
      const topY = scaledY - Py;
      for (let outputX = 0; outputX < OpX; outputX++) {
        const scaledX = outputX * Sx;
        const leftX = scaledX - Px;
        const hidden = Math.max(0, -leftX);
        const visible = Math.min(KnX, W - leftX);
        const begin = hidden * C;
        const end = visible * C;
        const length = end - begin;
        for (let kernelY = 0; kernelY < KnY; kernelY++) {
          const y = topY + kernelY;
          const line = imageStart + y;
          const pixel = line * W + leftX;
          const readAt = pixel * C;
          const ok = y >= 0 && y < H;
          if (ok && length === stepSize) {
            for (let i = 0; i < stepSize; i++) {
              const value = input[readAt + i];
              output[writeAt + i] = value;
            }
          } else {
            output.fill(0, writeAt, writeAt + stepSize);
            if (ok) {
              for (let i = begin; i < end; i++) {
                const value = input[readAt + i];
                output[writeAt + i] = value;
              }
            }
          }
          writeAt += stepSize;
        }
      }
    }
    workers.barrier();
  }

  Mat2Im(gradOut: Real, gradIn: Real, n: number, workers: Team): void {
    const { InY: H, InX: W, InC: C, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    const stepSize = KnX * C;
    const mine = workers.share(n);
    const firstImage = mine[0];
    const lastImage = mine[1];
    const imageSize = H * W * C;
    gradIn.fill(0, firstImage * imageSize, lastImage * imageSize);
    let readAt = firstImage * OpY * OpX * KnY * stepSize;
    const firstRow = firstImage * OpY;
    const lastRow = lastImage * OpY;
    for (let current = firstRow; current < lastRow; current++) {
      const imageNumber = Math.floor(current / OpY);
      const imageStart = imageNumber * H;
      const outputY = current % OpY;
      const scaledY = outputY * Sy;
      const topY = scaledY - Py;
      for (let outputX = 0; outputX < OpX; outputX++) {
        const scaledX = outputX * Sx;
        const leftX = scaledX - Px;
        const hidden = Math.max(0, -leftX);
        const visible = Math.min(KnX, W - leftX);
        const begin = hidden * C;
        const end = visible * C;
        for (let kernelY = 0; kernelY < KnY; kernelY++) {
          const y = topY + kernelY;
          const ok = y >= 0 && y < H;
          if (ok) {
            const line = imageStart + y;
            const pixel = line * W + leftX;
            const writeAt = pixel * C;
            for (let i = begin; i < end; i++) {
              const value = gradOut[readAt + i];
              gradIn[writeAt + i] += value;
            }
          }
          readAt += stepSize;
        }
      }
    }
    workers.barrier();
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
