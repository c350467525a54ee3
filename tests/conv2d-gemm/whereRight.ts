import { CriterionFailure, type GeometryFeatures, isSubmissionFault } from '@im2grade/kit';

/** Of cases on which a function that handles one of them by a path of its own shows what that path does. */
export const EVERY_FEATURE: GeometryFeatures = { padding: true, stride: true, nonSquare: true, batch: true };

/**
 * Examines a case if the function is right on it, or on what it stands for. If it is wrong there, or does not answer, that
 * is charged elsewhere.
 *
 * @param expectRight - throws if the function is wrong
 *
 * @example
 * ```ts
 * await assertProperty(seed, geometries(EVERY_FEATURE), (g) =>
 *   whereRight(
 *     () => expectDefinition(submission, g, ordinaryData(seed, g)),
 *     () => expectOverwritten(submission, seed, g),
 *   ),
 * );
 * ```
 */
export async function whereRight(expectRight: () => Promise<unknown>, examine: () => Promise<void>): Promise<void> {
  try {
    await expectRight();
  } catch (error) {
    if (error instanceof CriterionFailure || isSubmissionFault(error)) return;
    throw error;
  }
  await examine();
}
