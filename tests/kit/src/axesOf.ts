import type { Axis, Geometry } from '@im2grade/nn';

/**
 * The axes of every array of a convolution, by the names that the assignment uses.
 *
 * @example
 * ```ts
 * axesOf.image(convGeometry({ B: 2, InY: 5, InX: 4, InC: 3, KnY: 1, KnX: 1 })); // b 2, iy 5, ix 4, ic 3
 * ```
 */
export const axesOf = {
  image: ({ B, InY, InX, InC }: Geometry): Axis[] => axes({ b: B, iy: InY, ix: InX, ic: InC }),
  mat: ({ B, OpY, OpX, KnY, KnX, InC }: Geometry): Axis[] =>
    axes({ b: B, oy: OpY, ox: OpX, fy: KnY, fx: KnX, ic: InC }),
  weights: ({ KnY, KnX, InC, KnC }: Geometry): Axis[] => axes({ fy: KnY, fx: KnX, ic: InC, fc: KnC }),
  biases: ({ KnC }: Geometry): Axis[] => axes({ fc: KnC }),
  output: ({ B, OpY, OpX, KnC }: Geometry): Axis[] => axes({ b: B, oy: OpY, ox: OpX, fc: KnC }),
};

const axes = (sizes: Record<string, number>): Axis[] => Object.entries(sizes).map(([name, size]) => ({ name, size }));
