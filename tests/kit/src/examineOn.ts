import type { Criterion } from '@im2grade/grader/model/assignment.ts';
import { type AnyVerdict, verdict, verdictOf } from './anyVerdict.ts';
import { type Domain, domainOf, seedOf } from './Domain.ts';
import { examination } from './examination.ts';
import { type Subject, subjectOf } from './Subject.ts';
import type { Verdict } from './verdicts.ts';
import { withUsed } from './withUsed.ts';

/** What a criterion's test works with. */
export interface CriterionContext {
  /** The submission, with the reference's parts if it lost something that this criterion needs. */
  readonly submission: Subject;
  readonly reference: Subject;
  readonly criterion: Criterion;
  /** Of the inputs: the same seed gives the same ones. */
  readonly seed: number;
}

/** Returns (passed), returns a verdict, or throws `CriterionFailure`; anything else that it throws is a fault of the grader. */
export type Body = (context: CriterionContext) => Promise<Verdict | void>;

/** The submission that a criterion examines, with the reference's parts in place of some of its own. */
export const subjectFor = ({ visibility }: Criterion, substituted: readonly string[]): Subject =>
  subjectOf({ of: 'submission', substituted }, domainOf(visibility));

/** What its test works with, on the inputs of a domain. */
export const contextOf = (
  row: Criterion,
  submission: Subject,
  domain: Domain = domainOf(row.visibility),
): CriterionContext => ({
  submission,
  reference: subjectOf({ of: 'reference' }, domain),
  criterion: row,
  seed: seedOf(domain, examination().seed),
});

/** The result of a criterion for this subject, on the inputs of a domain. */
export async function examineOn(
  row: Criterion,
  body: Body,
  submission: Subject,
  domain: Domain = domainOf(row.visibility),
): Promise<AnyVerdict> {
  submission.samples.take();
  const context = contextOf(row, submission, domain);
  try {
    return (await body(context)) ?? verdict('passed', '', [], 1);
  } catch (error) {
    const found = verdictOf(error);
    return examination().verdictsOnly
      ? found
      : { ...found, evidence: await withUsed(found.evidence, context.reference) };
  }
}
