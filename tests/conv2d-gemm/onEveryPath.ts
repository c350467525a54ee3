import { assertProperty, geometries, holds } from '@im2grade/kit';
import type { Geometry } from '@im2grade/nn';

const EVERY_FEATURE = { padding: true, stride: true, nonSquare: true, batch: true };

/**
 * Examines geometries that a function may handle by paths of their own.
 *
 * @param expectRight - throws if the function is wrong on a geometry, which is charged elsewhere: it is not examined then
 * @param runs - if fewer than usual
 *
 * @example
 * ```ts
 * const isRight = (g: Geometry) => expectDefinition(submission, g, ordinaryData(seed, g));
 * await onEveryPath(seed, isRight, (g) => expectOverwritten(submission, seed, g));
 * ```
 */
export const onEveryPath = (
  seed: number,
  expectRight: (g: Geometry) => Promise<void>,
  examine: (g: Geometry) => Promise<void>,
  runs?: number,
): Promise<void> =>
  assertProperty(
    seed,
    geometries(EVERY_FEATURE),
    async (g) => {
      if (await holds(expectRight(g))) await examine(g);
    },
    runs,
  );
