import type { Real } from '@im2grade/engine';
import type { PoolGeometry } from './PoolGeometry.ts';
import type { PoolingBackend } from './PoolingBackend.ts';

/** Plain TypeScript. */
export const plainPooling: PoolingBackend = {
  forward(kind, geometry, image, output) {
    output.fill(kind === 'max' ? -Infinity : 0);
    const { C } = geometry;
    if (kind === 'max')
      eachPixel(geometry, (input, result) => {
        for (let c = 0; c < C; c++) output[result + c] = Math.max(output[result + c], image[input + c]);
      });
    else eachPixel(geometry, (input, result) => addScaled(output, result, image, input, C, shareOf(geometry)));
  },

  backward(kind, geometry, image, output, dOutput, dImage) {
    dImage.fill(0);
    const { C } = geometry;
    if (kind === 'mean')
      eachPixel(geometry, (input, result) => addScaled(dImage, input, dOutput, result, C, shareOf(geometry)));
    else spreadToLargest(geometry, image, output, dOutput, dImage);
  },
};

const shareOf = ({ KnY, KnX }: PoolGeometry): number => 1 / (KnY * KnX);

function addScaled(to: Real, at: number, from: Real, begin: number, count: number, factor: number): void {
  for (let c = 0; c < count; c++) to[at + c] += factor * from[begin + c];
}

/** To the first of the largest only, as PyTorch does it. */
function spreadToLargest(geometry: PoolGeometry, image: Real, output: Real, dOutput: Real, dImage: Real): void {
  const { C } = geometry;
  const isDone = new Uint8Array(dOutput.length);
  eachPixel(geometry, (input, result) => {
    for (let c = 0; c < C; c++) {
      if (isDone[result + c] || image[input + c] !== output[result + c]) continue;
      isDone[result + c] = 1;
      dImage[input + c] += dOutput[result + c];
    }
  });
}

/** Visits each pixel of each window: where its channels begin in the image, and those of its output. */
function eachPixel(
  { B, InY, InX, C, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX }: PoolGeometry,
  visit: (input: number, result: number) => void,
): void {
  let result = 0;
  for (let b = 0; b < B; b++)
    for (let oy = 0; oy < OpY; oy++)
      for (let ox = 0; ox < OpX; ox++) {
        const [top, left] = [oy * Sy - Py, ox * Sx - Px];
        for (let y = Math.max(0, top); y < Math.min(InY, top + KnY); y++)
          for (let x = Math.max(0, left); x < Math.min(InX, left + KnX); x++)
            visit(((b * InY + y) * InX + x) * C, result);
        result += C;
      }
}
