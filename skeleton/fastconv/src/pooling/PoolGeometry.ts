/** The sizes of a pooling of B images with C channels. */
export interface PoolGeometry {
  readonly B: number;
  readonly InY: number;
  readonly InX: number;
  readonly C: number;
  readonly KnY: number;
  readonly KnX: number;
  readonly Sy: number;
  readonly Sx: number;
  readonly Py: number;
  readonly Px: number;
  readonly OpY: number;
  readonly OpX: number;
}

type Required = 'InY' | 'InX' | 'KnY' | 'KnX';
type Given = Pick<PoolGeometry, Required> & Partial<Omit<PoolGeometry, Required | 'OpY' | 'OpX'>>;

/**
 * Completes the sizes of a pooling: the stride is the window's size if it is left out, and what is left over at the end of a
 * row or column is dropped, as PyTorch does it.
 *
 * @throws RangeError if a size is not a positive integer, the window is larger than the padded image, or the padding is
 *   more than half of the window
 *
 * @example
 * ```ts
 * poolGeometry({ InY: 32, InX: 32, C: 16, KnY: 2, KnX: 2 }); // OpY = OpX = 16
 * ```
 */
export function poolGeometry(given: Given): PoolGeometry {
  const { B = 1, C = 1, InY, InX, KnY, KnX, Sy = KnY, Sx = KnX, Py = 0, Px = 0 } = given;
  for (const [name, value] of Object.entries({ B, InY, InX, C, KnY, KnX, Sy, Sx })) requireInteger(name, value, 1);
  for (const [name, value] of Object.entries({ Py, Px })) requireInteger(name, value, 0);
  const OpY = outputSize('Y', InY, KnY, Py, Sy);
  const OpX = outputSize('X', InX, KnX, Px, Sx);
  return { B, InY, InX, C, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX };
}

function requireInteger(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least)
    throw new RangeError(`pooling: ${name} = ${value} must be an integer of at least ${least}`);
}

function outputSize(axis: string, In: number, Kn: number, P: number, S: number): number {
  if (2 * P > Kn) throw new RangeError(`pooling: a padding of ${P} is more than half of Kn${axis} = ${Kn}`);
  if (Kn > In + 2 * P)
    throw new RangeError(`pooling: Kn${axis} = ${Kn} is larger than the padded image, ${In + 2 * P}`);
  return Math.floor((In + 2 * P - Kn) / S) + 1;
}
