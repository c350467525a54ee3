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
  /** Batch size; 1 to 3 if left out. */
  readonly B?: number;
}

const size = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

/**
 * Geometries by construction: sizes are built up from the output, so none is rejected and shrinking stays valid. The
 * feature is always present: a geometry of `{stride: true}` has different strides, never 1 by 1.
 *
 * @example
 * ```ts
 * await assertProperty(seed, geometries({ padding: true, B: 2 }), async (g) => {
 *   const mat = direct.Im2Mat(g, randomData(seed, g).real(g.B * g.InY * g.InX * g.InC));
 *   if (mat.length !== g.B * g.OpY * g.OpX * g.KnY * g.KnX * g.InC) throw new CriterionFailure('a row for each pixel');
 * });
 * ```
 */
export function geometries({
  padding = false,
  stride = false,
  nonSquare = false,
  B,
}: GeometryFeatures = {}): fc.Arbitrary<Geometry> {
  const plain = fc.record({
    B: B === undefined ? size(1, 3) : fc.constant(B),
    InC: size(1, 3),
    KnC: size(1, 3),
    Kn: size(1, 4),
    moreKnX: size(1, 2),
    steps: size(1, 2),
    moreX: size(1, 3),
    S: size(1, 2),
    moreSx: size(1, 2),
    swap: fc.boolean(),
    P: size(0, 2),
    moreP: size(1, 2),
  });
  return plain.map(({ B: batch, InC, KnC, Kn, moreKnX, steps, moreX, S, moreSx, swap, P, moreP }) => {
    const pair = (first: number, second: number): [number, number] => (swap ? [second, first] : [first, second]);
    const [KnY, KnX] = nonSquare ? pair(Kn, Kn + moreKnX) : [Kn, Kn];
    const [Sy, Sx] = stride ? pair(S, S + moreSx) : [1, 1];
    const [Py, Px] = padding ? pair(P, P + moreP) : [0, 0];
    const [InY, InX] = nonSquare
      ? [reachable(KnY, Sy, Py, steps), reachable(KnX, Sx, Px, steps + moreX)]
      : square(Kn, Sy * Sx, Math.min(Py, Px), steps);
    return convGeometry({
      B: batch,
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
