import { isSubmissionFault } from './Subject.ts';
import { CriterionFailure } from './verdicts.ts';

/**
 * Whether a submission is right in something that another criterion charges.
 *
 * @param examination - throws a CriterionFailure if it is wrong, or a SubmissionFault if it does not answer
 *
 * @example
 * ```ts
 * if (await holds(expectDefinition(submission, square))) await expectBatch(submission, square);
 * ```
 */
export const holds = (examination: Promise<unknown>): Promise<boolean> =>
  examination.then(
    () => true,
    (error: unknown) => {
      if (error instanceof CriterionFailure || isSubmissionFault(error)) return false;
      throw error;
    },
  );
