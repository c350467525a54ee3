import fc from 'fast-check';
import { convGeometry, type Geometry } from '@im2grade/nn';

/** The features that a geometry of a convolution may have; features that are left out stay plain. */
export interface GeometryFeatures {
  /** Py and Px from 0, and different somewhere. */
  readonly padding?: boolean;
  /** Sy and Sx from 1, and different somewhere. */
  readonly stride?: boolean;
  /** InY ≠ InX and KnY ≠ KnX, rather than all square. */
  readonly nonSquare?: boolean;
  /** Several images, sometimes more than four; 1 to 3 without it. */
  readonly batch?: boolean;
}

const size = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

/** Images that may be taken two, three or four at a time: some remain, or none. */
export const BATCHES = [2, 3, 4, 5, 7, 9] as const;

/**
 * More columns, rows, channels, maps and kernel elements than a byte counts, and more pixels than two bytes count.
 * Without strides and padding.
 */
export const LARGE_GEOMETRIES: readonly Geometry[] = [
  { InY: 2, InX: 300, KnY: 1, KnX: 2 },
  { InY: 300, InX: 2, KnY: 2, KnX: 1 },
  { InY: 3, InX: 4, InC: 270, KnY: 2, KnX: 3 },
  { InY: 3, InX: 2, KnY: 2, KnX: 1, KnC: 270 },
  { InY: 20, InX: 17, KnY: 20, KnX: 17 },
  { InY: 263, InX: 256, KnY: 1, KnX: 1 },
].map((sizes) => convGeometry(sizes));

/** More columns and rows than a byte counts, of the images and of the results, with strides and padding. */
export const LONG_SIDES: readonly Geometry[] = [
  { InY: 4, InX: 601, InC: 2, KnY: 2, KnX: 3, Sy: 2, Sx: 2, Py: 1, Px: 1 },
  { InY: 601, InX: 4, InC: 2, KnY: 3, KnX: 2, Sy: 2, Sx: 2, Py: 1, Px: 1 },
].map((sizes) => convGeometry(sizes));

/**
 * Many images, channels and maps, of which something remains when they are divided into blocks; of a prime number, after
 * blocks of every size. Everything is square.
 */
export const LARGE_BATCHES: readonly Geometry[] = [
  { B: 5, InY: 7, InX: 7, InC: 5, KnY: 3, KnX: 3, KnC: 9 },
  { B: 9, InY: 5, InX: 5, InC: 7, KnY: 3, KnX: 3, KnC: 17 },
  { B: 263, InY: 3, InX: 3, KnY: 2, KnX: 2 },
].map((sizes) => convGeometry(sizes));

/**
 * One image of one channel and one map; then several of each. No copy of the image is right on either. For
 * `workShowsIn`.
 */
export const PLAIN_GEOMETRIES: readonly Geometry[] = [
  { InY: 4, InX: 4, KnY: 2, KnX: 2 },
  { B: 3, InY: 4, InX: 4, InC: 3, KnY: 2, KnX: 2, KnC: 3 },
].map((sizes) => convGeometry(sizes));

/**
 * Geometries by construction: sizes are built up from the output, so none is rejected and shrinking stays valid. The
 * feature is always present: a geometry of `{stride: true}` has different strides, never 1 by 1.
 *
 * @example
 * ```ts
 * await assertProperty(seed, geometries({ padding: true, batch: true }), async (g) => {
 *   const mat = direct.Im2Mat(g, randomData(seed, g).real(g.B * g.InY * g.InX * g.InC));
 *   if (mat.length !== g.B * g.OpY * g.OpX * g.KnY * g.KnX * g.InC) throw new CriterionFailure('a row for each pixel');
 * });
 * ```
 */
export function geometries({
  padding = false,
  stride = false,
  nonSquare = false,
  batch = false,
}: GeometryFeatures = {}): fc.Arbitrary<Geometry> {
  const plain = fc.record({
    B: batch ? fc.constantFrom(...BATCHES) : size(1, 3),
    InC: size(1, 3),
    KnC: size(1, 3),
    Kn: size(1, 4),
    moreKnX: size(1, 2),
    // Without a step there is a single output pixel. Shrinking ends with one: fewer pixels fit too many mistakes.
    steps: fc.constantFrom(1, 2, 0),
    moreX: fc.constantFrom(1, 2, 3, 0),
    S: size(1, 2),
    moreSx: size(1, 2),
    swap: fc.boolean(),
    P: size(0, 2),
    moreP: size(1, 2),
  });
  return plain.map(({ B, InC, KnC, Kn, moreKnX, steps, moreX, S, moreSx, swap, P, moreP }) => {
    const pair = (first: number, second: number): [number, number] => (swap ? [second, first] : [first, second]);
    const [KnY, KnX] = nonSquare ? pair(Kn, Kn + moreKnX) : [Kn, Kn];
    const [Sy, Sx] = stride ? pair(S, S + moreSx) : [1, 1];
    const [Py, Px] = padding ? pair(P, P + moreP) : [0, 0];
    const [InY, InX] = nonSquare
      ? [reachable(KnY, Sy, Py, steps), reachable(KnX, Sx, Px, steps + moreX)]
      : square(Kn, Sy * Sx, Math.min(Py, Px), steps);
    return convGeometry({
      B,
      InY,
      InX: nonSquare && InX === InY ? InX + Sx : InX,
      InC,
      KnY,
      KnX,
      KnC,
      Sy,
      Sx,
      Py,
      Px,
    });
  });
}

/** The smallest size ≥ 1 in which the kernel takes at least `steps` steps. */
function reachable(Kn: number, S: number, P: number, steps: number): number {
  let size = Kn + S * steps - 2 * P;
  while (size < 1) size += S;
  return size;
}

/** A square that both strides divide, because their product does; if the paddings differ, the strides are 1. */
function square(Kn: number, strides: number, P: number, steps: number): [number, number] {
  const side = reachable(Kn, strides, P, steps);
  return [side, side];
}
