import type { Criterion } from '@im2grade/grader/model/assignment.ts';
import type { Finding } from '@im2grade/grader/model/outcome.ts';
import { type AnyVerdict, verdict } from './anyVerdict.ts';
import { type Body, examineOn, subjectFor } from './examineOn.ts';
import { Subject } from './Subject.ts';

/**
 * Times a submission with the reference's parts in place of those that are wrong, and as it is: the lower credit
 * counts, so that nobody earns points by the reference's speed. If it cannot be timed as it is, only the first time is
 * known. (ADR 1)
 */
export async function timedWithHelp(
  row: Criterion,
  body: Body,
  lost: readonly Finding[],
  substituted: readonly string[],
): Promise<AnyVerdict> {
  const missing = lost.find(({ status }) => status === 'not-attempted');
  if (missing) return verdict('not-attempted', missing.reason);
  const helped = await examineOn(row, body, subjectFor(row, substituted));
  if (helped.credit === 0) return helped;
  const asItIs = new Subject({ of: 'submission', substituted: [] }, { isKnownWrong: true });
  const own = await examineOn(row, body, asItIs);
  await asItIs.restart();
  const isTimed = own.evidence.some(({ type }) => type === 'timing' || type === 'scaling');
  return isTimed && own.credit < helped.credit ? { ...own, reason: `${own.reason}, as it was handed in` } : helped;
}
