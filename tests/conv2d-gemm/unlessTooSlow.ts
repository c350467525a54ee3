import { type Call, isSubmissionFault, type Subject } from '@im2grade/kit';

export type Limit = Pick<Call, 'deadlineSeconds'>;

/** What examines a size; the assignment's limit holds for its calls if none is given. */
type Examine = (limit?: Limit) => Promise<void>;

/** Far more than any product takes that the course would accept. */
const PATIENCE: Limit = { deadlineSeconds: 20 };

/**
 * Makes a function that examines one function of a submission on large sizes, until it is too slow for one. A product by
 * Strassen's recursion on squares is right and takes seconds there, which costs no point for correctness. A function that
 * does not end at all loses the criterion that sets `mustEnd`: there a size that takes too long is examined once more, with
 * a longer deadline.
 *
 * @returns it throws what the examination throws; if `mustEnd` is not set, a call that is not answered in time is no failure
 *
 * @example
 * ```ts
 * const unlessForwardTooSlow = unlessTooSlow();
 * await unlessForwardTooSlow(submission, () => expectForward(submission, one));
 * ```
 */
export function unlessTooSlow(): (submission: Subject, examine: Examine, mustEnd?: boolean) => Promise<void> {
  const slow = new WeakSet<Subject>();
  return async (submission, examine, mustEnd = false) => {
    if (slow.has(submission)) return;
    try {
      await examine();
    } catch (error) {
      if (!isSubmissionFault(error) || error.kind !== 'timed-out') throw error;
      slow.add(submission);
      if (mustEnd) await examine(PATIENCE);
    }
  };
}
