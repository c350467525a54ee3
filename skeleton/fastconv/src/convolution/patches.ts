import type { Geometry } from '@im2grade/nn';
import type { Real } from '@im2grade/engine';

/** Lays out `rows` patches from the output pixel `first` on, counted through the batch: `[rows][KnY][KnX][InC]`. */
export function layOutPatches(geometry: Geometry, image: Real, patches: Real, first: number, rows: number): void {
  const run = geometry.KnX * geometry.InC;
  eachRun(geometry, first, rows, (at, pixel, begin, end) => {
    for (let i = 0; i < begin; i++) patches[at + i] = 0;
    copy(patches, at + begin, image, pixel + begin, end - begin);
    for (let i = end; i < run; i++) patches[at + i] = 0;
  });
}

/** From this many numbers on, it pays off to make views and have them copied. */
const LONG = 40;

function copy(to: Real, at: number, from: Real, begin: number, count: number): void {
  if (count >= LONG) to.set(from.subarray(begin, begin + count), at);
  else for (let i = 0; i < count; i++) to[at + i] = from[begin + i];
}

/** The adjoint: adds `rows` patches to the images that they were laid out from. */
export function addPatches(geometry: Geometry, patches: Real, image: Real, first: number, rows: number): void {
  eachRun(geometry, first, rows, (at, pixel, begin, end) => {
    for (let i = begin; i < end; i++) image[pixel + i] += patches[at + i];
  });
}

/**
 * A row of a patch is KnX·InC neighbours in the image too. Visits each with its place among the patches, its place in the
 * images, and the part of it, `begin` to `end`, that is not padding.
 */
function eachRun(
  { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX }: Geometry,
  first: number,
  rows: number,
  visit: (at: number, pixel: number, begin: number, end: number) => void,
): void {
  const run = KnX * InC;
  for (let row = 0; row < rows; row++) {
    const ox = (first + row) % OpX;
    const oy = Math.floor((first + row) / OpX) % OpY;
    const b = Math.floor((first + row) / (OpX * OpY));
    const [top, left] = [oy * Sy - Py, ox * Sx - Px];
    const begin = Math.min(run, Math.max(0, -left * InC));
    const end = Math.max(begin, Math.min(run, (InX - left) * InC));
    for (let ky = 0; ky < KnY; ky++) {
      const y = top + ky;
      const isInside = y >= 0 && y < InY;
      visit((row * KnY + ky) * run, ((b * InY + y) * InX + left) * InC, isInside ? begin : 0, isInside ? end : 0);
    }
  }
}
