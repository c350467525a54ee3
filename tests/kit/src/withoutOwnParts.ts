import type { Criterion } from '@im2grade/grader/model/assignment.ts';
import { type Finding, isPending } from '@im2grade/grader/model/outcome.ts';
import { type AnyVerdict, verdict } from './anyVerdict.ts';
import { rowOf, samplesOf } from './examinedSoFar.ts';
import { examination } from './examination.ts';
import { functionWithoutWork } from './functionWithoutWork.ts';

/**
 * The result if the reference would have to replace everything that a criterion examines. It is pending after mistakes,
 * which have been charged already. It is lost if a function does nothing: a loss must not become a pending point.
 */
export async function withoutOwnParts(row: Criterion, lost: readonly Finding[]): Promise<AnyVerdict> {
  const names = lost.map(({ id }) => id).join(', ');
  if (lost.every(({ status }) => status === 'not-attempted')) return verdict('not-attempted', lost[0].reason);
  const decided = lost.filter(({ status }) => !isPending(status));
  const replaced = new Set(decided.flatMap(({ id }) => rowOf(id).examines));
  if (decided.length === 0 || (row.kind !== 'speed' && !row.examines.every((path) => replaced.has(path))))
    return verdict('blocked', `examined once these are decided: ${names}`);
  if (row.kind === 'speed') return verdict('failed', `only correct results are timed; lost: ${names}`);
  const nothing = `nothing of the submission is left to examine here; lost: ${names}`;
  return verdict((await doesNothing(decided)) ? 'failed' : 'blocked', nothing);
}

/** Whether a function that lost one of these was not written, never gives an answer, or one that is no work. */
async function doesNothing(lost: readonly Finding[]): Promise<boolean> {
  const rows = lost.map(({ id }) => rowOf(id)).filter(({ kind }) => kind === 'correctness');
  const neverAnswers = ({ examines }: Criterion) =>
    examination().criteria.every(
      (other) => other.examines.join() !== examines.join() || !samplesOf.get(other.id)?.length,
    );
  if (lost.some(({ status }) => status === 'not-attempted') || rows.some(neverAnswers)) return true;
  const compared = rows.map(({ id }) => ({ hasPassed: false, samples: samplesOf.get(id) ?? [] }));
  return (await functionWithoutWork(compared, [])) !== undefined;
}
