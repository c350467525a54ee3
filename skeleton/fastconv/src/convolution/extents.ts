import type { Geometry } from '@im2grade/nn';

/** Elements of each array of a convolution; a gradient has those of what it is the gradient of. */
export interface Extents {
  /** `[B][InY][InX][InC]` */
  readonly image: number;
  /** `[KnY][KnX][InC][KnC]` */
  readonly weights: number;
  /** `[KnC]` */
  readonly biases: number;
  /** `[B][OpY][OpX][KnC]` */
  readonly output: number;
}

export const extents = ({ B, InY, InX, InC, KnY, KnX, KnC, OpY, OpX }: Geometry): Extents => ({
  image: B * InY * InX * InC,
  weights: KnY * KnX * InC * KnC,
  biases: KnC,
  output: B * OpY * OpX * KnC,
});
