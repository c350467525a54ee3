import type { Geometry, Real } from '@im2grade/nn';
import { addTerm, asProduct, emptySums, type Sums } from './sums.ts';

type Visit = (pixel: number, element: number) => void;

/** Calls `visit` for every matrix element that is copied from a pixel, with both flat indices. */
function eachCopy(g: Geometry, visit: Visit): void {
  const { B, InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = g;
  let element = 0;
  for (let b = 0; b < B; b++)
    for (let oy = 0; oy < OpY; oy++)
      for (let ox = 0; ox < OpX; ox++)
        for (let fy = 0; fy < KnY; fy++)
          for (let fx = 0; fx < KnX; fx++)
            for (let ic = 0; ic < InC; ic++, element++) {
              const iy = oy * Sy - Py + fy;
              const ix = ox * Sx - Px + fx;
              if (iy >= 0 && iy < InY && ix >= 0 && ix < InX) visit(((b * InY + iy) * InX + ix) * InC + ic, element);
            }
}

/**
 * The oracle: every operation by its definition, loop by loop, in float64. It uses no matrix product and shares no code
 * with the reference.
 *
 * @example
 * ```ts
 * const g = convGeometry({ B: 1, InY: 3, InX: 3, InC: 1, KnY: 2, KnX: 2 });
 * const mat = direct.Im2Mat(g, Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9)); // 4 rows of 4
 * ```
 */
export const direct = {
  /** `(b, oy, ox, fy, fx, ic)` is pixel `(b, oy·Sy − Py + fy, ox·Sx − Px + fx, ic)`, or 0 in the padding. */
  Im2Mat(g: Geometry, image: Real): Float64Array {
    const mat = new Float64Array(g.B * g.OpY * g.OpX * g.KnY * g.KnX * g.InC);
    eachCopy(g, (pixel, element) => (mat[element] = image[pixel]));
    return mat;
  },

  /** Each pixel: the sum over all elements that were copied from it. */
  Mat2Im(g: Geometry, dMat: Real): Sums {
    const dImage = emptySums(g.B * g.InY * g.InX * g.InC, g.KnY * g.KnX);
    eachCopy(g, (pixel, element) => addTerm(dImage, pixel, dMat[element]));
    return dImage;
  },

  /** The number of matrix elements that were copied from each pixel. */
  coverage(g: Geometry): Float64Array {
    const counts = new Float64Array(g.B * g.InY * g.InX * g.InC);
    eachCopy(g, (pixel) => counts[pixel]++);
    return counts;
  },

  /** The seven loops of a convolution over the image, and the bias. */
  convolution(g: Geometry, image: Real, weights: Real, biases: Real): Sums {
    const rows = g.KnY * g.KnX * g.InC;
    const output = emptySums(g.B * g.OpY * g.OpX * g.KnC, rows + 1);
    for (let i = 0; i < output.values.length; i++) addTerm(output, i, biases[i % g.KnC]);
    eachCopy(g, (pixel, element) => {
      const [pixelOut, row] = [Math.floor(element / rows), element % rows];
      for (let fc = 0; fc < g.KnC; fc++)
        addTerm(output, pixelOut * g.KnC + fc, image[pixel] * weights[row * g.KnC + fc]);
    });
    return asProduct(output, [g.B * g.OpY * g.OpX, rows, g.KnC]);
  },

  /** Gradient with respect to the kernel: Σ over output pixels of element times gradient. */
  dWeights(g: Geometry, mat: Real, dOutput: Real): Sums {
    const [rows, pixels] = [g.KnY * g.KnX * g.InC, g.B * g.OpY * g.OpX];
    const gradient = emptySums(rows * g.KnC, pixels);
    for (let p = 0; p < pixels; p++)
      for (let row = 0; row < rows; row++)
        for (let fc = 0; fc < g.KnC; fc++)
          addTerm(gradient, row * g.KnC + fc, mat[p * rows + row] * dOutput[p * g.KnC + fc]);
    return asProduct(gradient, [pixels, rows, g.KnC]);
  },

  /** Gradient with respect to the biases: the sum over all output pixels. */
  dBiases(g: Geometry, dOutput: Real): Sums {
    const gradient = emptySums(g.KnC, g.B * g.OpY * g.OpX);
    for (let i = 0; i < dOutput.length; i++) addTerm(gradient, i % g.KnC, dOutput[i]);
    return gradient;
  },

  /** Gradient with respect to the matrix: Σ over maps of gradient times weight. */
  dMat(g: Geometry, weights: Real, dOutput: Real): Sums {
    const [rows, pixels] = [g.KnY * g.KnX * g.InC, g.B * g.OpY * g.OpX];
    const gradient = emptySums(pixels * rows, g.KnC);
    for (let p = 0; p < pixels; p++)
      for (let row = 0; row < rows; row++)
        for (let fc = 0; fc < g.KnC; fc++)
          addTerm(gradient, p * rows + row, dOutput[p * g.KnC + fc] * weights[row * g.KnC + fc]);
    return asProduct(gradient, [pixels, rows, g.KnC]);
  },
};
