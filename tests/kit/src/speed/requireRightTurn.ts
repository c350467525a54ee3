import type { Call } from '@im2grade/grader/model/examination.ts';
import type { Turn } from './fastestCall.ts';
import type { TimedOperation } from './measureSpeed.ts';
import { CriterionFailure } from '../verdicts.ts';

/** @throws CriterionFailure if a result of the submission's turn is wrong, judged together with the reference's turn */
export function requireRightTurn(
  { operation, isRight }: Pick<TimedOperation, 'operation' | 'isRight'>,
  calls: readonly Call[],
  submission: Turn,
  reference: Turn,
): void {
  if (calls.every((call, i) => isRight(call, submission.results[i], reference.results[i]))) return;
  throw new CriterionFailure(`a timed result of ${operation} was wrong; only correct results are timed`);
}
