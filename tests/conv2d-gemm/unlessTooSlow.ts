import { type Call, isSubmissionFault, type Subject } from '@im2grade/kit';

export type Limit = Pick<Call, 'deadlineSeconds'>;

/** What examines a size; the assignment's limit holds for its calls if none is given. */
type Examine = (limit?: Limit) => Promise<void>;

/** Far more than any product takes that the course would accept. */
const PATIENCE: Limit = { deadlineSeconds: 20 };

/**
 * Makes what examines one function of a submission on large sizes, unless it has been too slow for one before. A product
 * by Strassen's recursion on squares is right and takes seconds there. That costs no point for correctness; a function
 * that does not end at all loses one criterion, in which `mustEnd` is given.
 *
 * @returns throws whatever the examination throws, except that a call was not answered in time. With `mustEnd`, a size
 *   that takes too long is examined once more, with a longer deadline, and nothing is excepted.
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
