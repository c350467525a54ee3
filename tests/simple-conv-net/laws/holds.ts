import { CriterionFailure, isSubmissionFault } from '@im2grade/kit';

/** Whether a relation holds: if not, that is charged elsewhere. */
export const holds = (relation: Promise<void>): Promise<boolean> =>
  relation.then(
    () => true,
    (error: unknown) => {
      if (error instanceof CriterionFailure || isSubmissionFault(error)) return false;
      throw error;
    },
  );
