import type { Geometry } from '@im2grade/nn';

/** The number of elements of each array of a convolution; a gradient has as many as its array. */
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
