import type { Geometry, Real } from '@im2grade/nn';

/** How a mistaken Im2Mat finds the pixel of an element; undefined if it writes 0. */
type PixelRule = (g: Geometry, at: Position) => { iy: number; ix: number };

interface Position {
  readonly oy: number;
  readonly ox: number;
  readonly fy: number;
  readonly fx: number;
}

const RIGHT: PixelRule = ({ Sy, Sx, Py, Px }, { oy, ox, fy, fx }) => ({
  iy: oy * Sy - Py + fy,
  ix: ox * Sx - Px + fx,
});

interface Mistake {
  readonly cause: string;
  readonly rule: PixelRule;
  /** Whether a pixel is in the padding: it is outside the image if this is left out. */
  readonly isInside?: (g: Geometry, at: { iy: number; ix: number }, pixel: number) => boolean;
}

const inImage: NonNullable<Mistake['isInside']> = ({ InY, InX }, { iy, ix }) =>
  iy >= 0 && iy < InY && ix >= 0 && ix < InX;

/** Mistakes that students make, each with the rule that it amounts to. */
const MISTAKES: readonly Mistake[] = [
  {
    cause: 'the result is that of strides of 1',
    rule: ({ Py, Px }, { oy, ox, fy, fx }) => ({ iy: oy - Py + fy, ix: ox - Px + fx }),
  },
  {
    cause: 'the result is that of no padding',
    rule: ({ Sy, Sx }, { oy, ox, fy, fx }) => ({ iy: oy * Sy + fy, ix: ox * Sx + fx }),
  },
  {
    cause: 'the padding is added instead of subtracted',
    rule: ({ Sy, Sx, Py, Px }, { oy, ox, fy, fx }) => ({ iy: oy * Sy + Py + fy, ix: ox * Sx + Px + fx }),
  },
  {
    cause: 'the stride multiplies the padding too: ix = ox·Sx − Px + fx, not (ox − Px)·Sx + fx',
    rule: ({ Sy, Sx, Py, Px }, { oy, ox, fy, fx }) => ({ iy: (oy - Py) * Sy + fy, ix: (ox - Px) * Sx + fx }),
  },
  {
    cause: 'the padding is off by one',
    rule: ({ Sy, Sx, Py, Px }, { oy, ox, fy, fx }) => ({ iy: oy * Sy - Py + fy + 1, ix: ox * Sx - Px + fx + 1 }),
  },
  {
    cause: 'Sy and Sx are swapped',
    rule: ({ Sy, Sx, Py, Px }, { oy, ox, fy, fx }) => ({ iy: oy * Sx - Py + fy, ix: ox * Sy - Px + fx }),
  },
  {
    cause: 'Py and Px are swapped',
    rule: ({ Sy, Sx, Py, Px }, { oy, ox, fy, fx }) => ({ iy: oy * Sy - Px + fy, ix: ox * Sx - Py + fx }),
  },
  {
    cause: 'x and y are swapped',
    rule: ({ Sy, Sx, Py, Px }, { oy, ox, fy, fx }) => ({ iy: ox * Sx - Px + fx, ix: oy * Sy - Py + fy }),
  },
  {
    cause: 'fy and fx are swapped',
    rule: ({ Sy, Sx, Py, Px }, { oy, ox, fy, fx }) => ({ iy: oy * Sy - Py + fx, ix: ox * Sx - Px + fy }),
  },
  {
    cause: 'the kernel is flipped: walk through fy and fx upwards',
    rule: ({ KnY, KnX, Sy, Sx, Py, Px }, { oy, ox, fy, fx }) => ({
      iy: oy * Sy - Py + KnY - 1 - fy,
      ix: ox * Sx - Px + KnX - 1 - fx,
    }),
  },
  {
    cause: 'the patch does not move: add oy·Sy and ox·Sx',
    rule: ({ Py, Px }, { fy, fx }) => ({ iy: fy - Py, ix: fx - Px }),
  },
  {
    cause: 'padding next to a row reads the neighbouring row: test iy and ix, each against its own side',
    rule: RIGHT,
    isInside: ({ B, InY, InX, InC }, _, pixel) => pixel >= 0 && pixel < B * InY * InX * InC,
  },
];

type Visit = (pixel: number, element: number) => void;

/** Visits every copy that a mistake makes; the right rule's copies are the convolution's definition. */
function eachCopy(g: Geometry, { rule, isInside = inImage }: Omit<Mistake, 'cause'>, visit: Visit): void {
  const { B, InY, InX, InC, KnY, KnX, OpY, OpX } = g;
  const patch = KnY * KnX * InC;
  for (let row = 0; row < B * OpY * OpX; row++) {
    const [b, oy, ox] = [Math.floor(row / (OpY * OpX)), Math.floor(row / OpX) % OpY, row % OpX];
    for (let column = 0; column < patch; column++) {
      const [fy, fx, ic] = [Math.floor(column / (KnX * InC)), Math.floor(column / InC) % KnX, column % InC];
      const at = rule(g, { oy, ox, fy, fx });
      const pixel = ((b * InY + at.iy) * InX + at.ix) * InC + ic;
      if (isInside(g, at, pixel)) visit(pixel, row * patch + column);
    }
  }
}

const sameWithin = (a: Real, b: Real, tolerance: number): boolean =>
  a.length === b.length && a.every((value, i) => Math.abs(value - b[i]) <= tolerance);

/** The mistakes whose result is exactly the one returned, element by element. */
export const explainIm2Mat =
  (g: Geometry, image: Real) =>
  (got: Real): string | undefined =>
    whicheverFits((mistake) => {
      const mat = new Float64Array(got.length);
      eachCopy(g, mistake, (pixel, element) => (mat[element] = image[pixel]));
      return sameWithin(got, mat, 0);
    });

/** As `explainIm2Mat`, for the sums of Mat2Im. */
export const explainMat2Im =
  (g: Geometry, dMat: Real) =>
  (got: Real): string | undefined =>
    whicheverFits((mistake) => {
      const image = sumsOf(g, mistake, dMat);
      return sameWithin(got, image, 1e-5) && !sameWithin(image, sumsOf(g, { rule: RIGHT }, dMat), 1e-5);
    }) ?? lastElementOnly(g, dMat, got);

function sumsOf(g: Geometry, mistake: Omit<Mistake, 'cause'>, dMat: Real): Float64Array {
  const image = new Float64Array(g.B * g.InY * g.InX * g.InC);
  eachCopy(g, mistake, (pixel, element) => (image[pixel] += dMat[element]));
  return image;
}

/** The smallest case may not distinguish some mistakes: then each of them is listed as likely. */
function whicheverFits(fits: (mistake: Mistake) => boolean): string | undefined {
  const causes = MISTAKES.filter(fits).map(({ cause }) => cause);
  return causes.length > 0 && causes.length <= MOST_CAUSES ? causes.join('; or ') : undefined;
}

/** A longer list would say nothing. */
const MOST_CAUSES = 3;

function lastElementOnly(g: Geometry, dMat: Real, got: Real): string | undefined {
  const image = new Float64Array(got.length);
  eachCopy(g, { rule: RIGHT }, (pixel, element) => (image[pixel] = dMat[element]));
  return sameWithin(got, image, 0) ? 'only the last element of each pixel is kept: add with +=' : undefined;
}
