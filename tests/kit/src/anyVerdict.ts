import type { Evidence } from '@im2grade/grader/model/evidence.ts';
import type { Finding } from '@im2grade/grader/model/outcome.ts';
import { isSubmissionFault } from './Subject.ts';
import type { CriterionFailure, Verdict } from './verdicts.ts';

/** A verdict with any status that a finding may have. */
export type AnyVerdict = Omit<Verdict, 'status'> & { readonly status: Finding['status'] };

export const verdict = (
  status: Finding['status'],
  reason: string,
  evidence: readonly Evidence[] = [],
  credit = 0,
): AnyVerdict => ({ status, credit, reason, evidence });

/** A submission's fault counts against it, a failure is a failure; anything else is our own fault. */
export function verdictOf(error: unknown): AnyVerdict {
  if ((error as Error | undefined)?.name === 'CriterionFailure') {
    const { message, evidence } = error as CriterionFailure;
    return verdict('failed', message, evidence);
  }
  if ((error as Error | undefined)?.name === 'Undecided') return verdict('inconclusive', (error as Error).message);
  if (!isSubmissionFault(error))
    return verdict('grader-error', error instanceof Error ? (error.stack ?? error.message) : String(error));
  if (error.kind === 'not-implemented') return verdict('not-attempted', error.message);
  return verdict('failed', error.message, [{ type: 'misbehaviour', what: error.kind, message: error.message }]);
}
