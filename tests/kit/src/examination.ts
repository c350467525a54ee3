import type { Examination } from '@im2grade/grader/model/examination.ts';

/**
 * The examination that the examine step gave to the suites.
 *
 * @example
 * ```ts
 * const { seed, criteria } = examination();
 * ```
 */
export function examination(): Examination {
  const { examination: given } = globalThis as { examination?: Examination };
  if (!given) throw new Error('suites run inside an examination: `npm run grade`, or `npm test` for the reference');
  return given;
}

/** Whether only the loss of a criterion counts, and nobody reads why; not outside of an examination. */
export const isBrief = (): boolean => (globalThis as { examination?: Examination }).examination?.isBrief ?? false;
