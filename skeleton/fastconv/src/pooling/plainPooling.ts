import type { Real } from '@im2grade/engine';
import type { PoolGeometry } from './PoolGeometry.ts';
import type { PoolingBackend } from './PoolingBackend.ts';

/** Plain TypeScript. */
export const plainPooling: PoolingBackend = {
  forward(kind, geometry, image, output) {
    if (kind === 'max') return takeLargest(geometry, image, output);
    output.fill(0);
    const { C } = geometry;
    eachPixel(geometry, (input, result) => addScaled(output, result, image, input, C, shareOf(geometry)));
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

function takeLargest(geometry: PoolGeometry, image: Real, output: Real): void {
  const { C } = geometry;
  // Where the largest number of each channel is.
  const places = new Int32Array(C);
  eachWindow(geometry, (first, rows, columns, result) => {
    for (let c = 0; c < C; c++) places[c] = first + c;
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) moveToLarger(places, image, first + (y * geometry.InX + x) * C);
    for (let c = 0; c < C; c++) output[result + c] = image[places[c]];
  });
}

/**
 * Moves places to those of the pixel at `from` whose numbers are larger; NaN is larger than all. No jump depends on a
 * comparison: which number is larger cannot be predicted, and a wrong guess takes longer than all the rest.
 */
function moveToLarger(places: Int32Array, image: Real, from: number): void {
  for (let c = 0; c < places.length; c++) {
    const place = places[c];
    const value = image[from + c];
    const isLarger = Number(value > image[place]) | Number(value !== value);
    places[c] = place + ((from + c - place) & -isLarger);
  }
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

/** Visits each window: where its first pixel inside the image begins, its size there, and where its output begins. */
function eachWindow(
  { B, InY, InX, C, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX }: PoolGeometry,
  visit: (first: number, rows: number, columns: number, result: number) => void,
): void {
  let result = 0;
  for (let b = 0; b < B; b++)
    for (let oy = 0; oy < OpY; oy++)
      for (let ox = 0; ox < OpX; ox++) {
        const top = Math.max(0, oy * Sy - Py);
        const left = Math.max(0, ox * Sx - Px);
        const rows = Math.min(InY, oy * Sy - Py + KnY) - top;
        const columns = Math.min(InX, ox * Sx - Px + KnX) - left;
        visit(((b * InY + top) * InX + left) * C, rows, columns, result);
        result += C;
      }
}

/** Visits each pixel of each window: where its channels begin in the image, and those of its output. */
const eachPixel = (geometry: PoolGeometry, visit: (input: number, result: number) => void): void =>
  eachWindow(geometry, (first, rows, columns, result) => {
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) visit(first + (y * geometry.InX + x) * geometry.C, result);
  });
