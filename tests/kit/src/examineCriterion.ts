import type { Criterion } from '@im2grade/grader/model/assignment.ts';
import type { Finding } from '@im2grade/grader/model/outcome.ts';
import { type AnyVerdict, verdict, verdictOf } from './anyVerdict.ts';
import { countedBesideOthers } from './countedBesideOthers.ts';
import { domainOf } from './Domain.ts';
import { examination } from './examination.ts';
import { findings, rowOf, samplesOf } from './examinedSoFar.ts';
import { type Body, examineOn, subjectFor } from './examineOn.ts';
import type { Sample } from './showsWork.ts';
import { type Subject, subjectOf } from './Subject.ts';
import { timedWithHelp } from './timedWithHelp.ts';
import { withoutOwnParts } from './withoutOwnParts.ts';

/**
 * The finding of one criterion, on the reference's parts in place of those that it needs and that were lost.
 *
 * @param seeded - see `CriterionOptions`
 */
export async function examineCriterion(row: Criterion, body: Body, seeded: boolean): Promise<Finding> {
  const startedAt = performance.now();
  const lost = row.needs
    .map((need) => findings.get(need))
    .filter((finding) => finding !== undefined && finding.status !== 'passed') as Finding[];
  const substituted = [...new Set(lost.flatMap(({ id }) => rowOf(id).examines))];
  const finish = (verdict: AnyVerdict, help: string[], publicFailure?: Finding['publicFailure']): Finding => ({
    id: row.id,
    ...verdict,
    ...(verdict.status === 'not-attempted' && { reason: unusableReason(row) ?? verdict.reason }),
    substituted: help,
    seconds: (performance.now() - startedAt) / 1000,
    evidence: [...verdict.evidence],
    ...(publicFailure && { publicFailure }),
  });
  const reason = unusableReason(row);
  const isUnusable = (path: string): boolean => Object.hasOwn(examination().unusable(), path);
  if (reason !== undefined && row.examines.every(isUnusable)) return finish(verdict('not-attempted', reason), []);
  if (lost.length > 0 && row.examines.every((path) => substituted.includes(path)))
    return finish(await withoutOwnParts(row, lost).catch(verdictOf), []);
  if (lost.length > 0 && row.kind === 'speed')
    return finish(await timedWithHelp(row, body, lost, substituted), substituted);
  const submission = subjectFor(row, substituted);
  const found = await examineOn(row, body, submission);
  samplesOf.set(row.id, samplesFrom(row, submission));
  const counted = await countedBesideOthers(row, found).catch(verdictOf);
  return finish(counted, substituted, seeded ? await publicFailureOf(found, row, body, substituted) : undefined);
}

/** Why the first deliverable that a criterion examines and that cannot be used cannot be; undefined if all can. */
function unusableReason({ examines }: Criterion): string | undefined {
  const unusable = examination().unusable();
  return examines.filter((path) => Object.hasOwn(unusable, path)).map((path) => unusable[path])[0];
}

function samplesFrom({ visibility }: Criterion, submission: Subject): Sample[] {
  const reference = subjectOf({ of: 'reference' }, domainOf(visibility));
  return submission.samples.take().map((call) => ({ call, submission, reference }));
}

/** After a failure on hidden inputs, looks for one that a student may see; there may be none. */
async function publicFailureOf(
  found: AnyVerdict,
  row: Criterion,
  body: Body,
  substituted: readonly string[],
): Promise<Finding['publicFailure']> {
  const isHidden =
    !examination().verdictsOnly && examination().selected.has(row.id) && domainOf(row.visibility) === 'hidden';
  // Times and accuracies do not depend on the inputs, and cost seconds to be measured again.
  if (!isHidden || row.kind !== 'correctness' || found.status !== 'failed') return undefined;
  const submission = subjectOf({ of: 'submission', substituted }, 'public');
  const { status, reason, evidence } = await examineOn(row, body, submission, 'public');
  return status === 'failed' ? { reason, evidence: [...evidence] } : undefined;
}
