import fc from 'fast-check';
import type { Evidence } from '@im2grade/grader/model/evidence.ts';
import { isFatal, isSubmissionFault } from './Examinee.ts';
import { CriterionFailure } from './verdicts.ts';

const RUNS = 40;
/** For all runs and all shrinking of one property; an interruption is a failure. */
const SECONDS = 20;

/**
 * Checks that `body` holds for every generated case; the smallest case on which it does not goes into the report.
 *
 * @param seed - of the cases; the context's, so that hidden and public cases differ
 * @throws CriterionFailure with the shrunk counterexample, its seed and path
 * @throws SubmissionFault when the submission did not answer
 */
export async function holds<T>(
  seed: number,
  cases: fc.Arbitrary<T>,
  body: (value: T) => Promise<void>,
  runs = RUNS,
): Promise<void> {
  let fatal: unknown;
  let smallest: unknown;
  const property = fc.asyncProperty(cases, async (value) => {
    // A hang costs a whole deadline: after one there is no shrinking, every smaller case counts as passed.
    if (fatal !== undefined) return;
    try {
      await body(value);
    } catch (error) {
      if (isFatal(error)) fatal = error;
      smallest = error;
      throw error;
    }
  });
  const details = await fc.check(property, {
    seed,
    numRuns: runs,
    interruptAfterTimeLimit: SECONDS * 1000,
    markInterruptAsFailure: true,
  });
  if (!details.failed) return;
  if (details.counterexample === null) {
    throw new CriterionFailure(`too slow to be examined: ${details.numRuns} of ${runs} cases in ${SECONDS} s`);
  }
  if (isSubmissionFault(smallest) && smallest.kind !== 'not-implemented')
    throw withGeometry(smallest, details.counterexample[0]);
  if (!(smallest instanceof CriterionFailure)) throw smallest;
  const replay = {
    seed: details.seed,
    path: details.counterexamplePath ?? '',
    runs: details.numRuns,
    shrinks: details.numShrinks,
  };
  const evidence = smallest.evidence.map((item): Evidence =>
    item.type === 'counterexample' ? { ...item, ...replay } : item,
  );
  throw new CriterionFailure(smallest.message, evidence);
}

/** Says on which sizes the submission did not answer. */
function withGeometry(fault: { kind: string; message: string }, value: unknown): CriterionFailure {
  const geometry = Object.fromEntries(
    Object.entries(value as object).filter(([, size]) => typeof size === 'number'),
  ) as Record<string, number>;
  return new CriterionFailure(fault.message, [
    {
      type: 'misbehaviour',
      what: fault.kind as 'threw',
      message: fault.message,
      ...(Object.keys(geometry).length > 0 ? { geometry } : {}),
    },
  ]);
}
