/** The sizes of a convolution over a batch of B images. */
export interface Geometry {
  readonly B: number;
  readonly InY: number;
  readonly InX: number;
  readonly InC: number;
  readonly KnY: number;
  readonly KnX: number;
  readonly KnC: number;
  readonly Sy: number;
  readonly Sx: number;
  readonly Py: number;
  readonly Px: number;
  readonly OpY: number;
  readonly OpX: number;
}

/** Sizes that do not make a convolution. */
export class GeometryError extends RangeError {
  override readonly name = 'GeometryError';
}

type Required = 'InY' | 'InX' | 'KnY' | 'KnX';
type Given = Pick<Geometry, Required> & Partial<Omit<Geometry, Required | 'OpY' | 'OpX'>>;

/**
 * Completes the sizes of a convolution: `OpY = (InY − KnY + 2·Py)/Sy + 1`, and likewise for X.
 *
 * @throws GeometryError when a size is not a positive integer, the kernel is larger than the padded image, or a stride does not divide
 */
export function convGeometry({
  B = 1,
  InC = 1,
  KnC = 1,
  Sy = 1,
  Sx = 1,
  Py = 0,
  Px = 0,
  InY,
  InX,
  KnY,
  KnX,
}: Given): Geometry {
  for (const [name, value] of Object.entries({ B, InY, InX, InC, KnY, KnX, KnC, Sy, Sx }))
    requireInteger(name, value, 1);
  for (const [name, value] of Object.entries({ Py, Px })) requireInteger(name, value, 0);
  const OpY = outputSize('Y', InY, KnY, Py, Sy);
  const OpX = outputSize('X', InX, KnX, Px, Sx);
  return { B, InY, InX, InC, KnY, KnX, KnC, Sy, Sx, Py, Px, OpY, OpX };
}

function requireInteger(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least)
    throw new GeometryError(`conv2d: ${name} = ${value} must be an integer of at least ${least}`);
}

function outputSize(axis: 'Y' | 'X', In: number, Kn: number, P: number, S: number): number {
  const slack = In - Kn + 2 * P;
  const [In_, Kn_, P_, S_] = [`In${axis}`, `Kn${axis}`, `P${axis.toLowerCase()}`, `S${axis.toLowerCase()}`];
  if (slack < 0) throw new GeometryError(`conv2d: ${Kn_} = ${Kn} is larger than ${In_} + 2·${P_} = ${In + 2 * P}`);
  if (slack % S !== 0) {
    throw new GeometryError(
      `conv2d: ${In_} − ${Kn_} + 2·${P_} = ${slack} is not divisible by ${S_} = ${S}; change the padding, the kernel or the stride`,
    );
  }
  return slack / S + 1;
}
