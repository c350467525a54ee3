import { isSubmissionFault, type Subject } from '@im2grade/kit';

const slow = new WeakSet<Subject>();

/**
 * Examines a submission on a large size, unless it has been too slow for one before. A product by Strassen's recursion on
 * squares is right and takes seconds there; slowness costs the points for speed, and no others.
 *
 * @throws whatever `examine` throws, except that a call was not answered in time
 *
 * @example
 * ```ts
 * await unlessTooSlow(submission, () => expectForward(submission, one));
 * ```
 */
export async function unlessTooSlow(submission: Subject, examine: () => Promise<void>): Promise<void> {
  if (slow.has(submission)) return;
  try {
    await examine();
  } catch (error) {
    if (!isSubmissionFault(error) || error.kind !== 'timed-out') throw error;
    slow.add(submission);
  }
}
