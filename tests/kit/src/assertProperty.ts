import fc from 'fast-check';
import type { Evidence } from '@im2grade/grader/model/evidence.ts';
import { examination } from './examination.ts';
import { isFatal, isSubmissionFault, onFreshSubmissions, secondsOfSubmissions } from './Subject.ts';
import { nearestPassing } from './nearestPassing.ts';
import { CriterionFailure } from './verdicts.ts';

const RUNS = 40;
/**
 * The submission's own time for all runs of one property: if it needs longer, it has failed. Shrinking ends then as
 * well.
 */
const SECONDS = 20;
/** Shrinking also ends after this time by the clock: it makes a counterexample smaller, and decides nothing. */
const SHRINKING_SECONDS = 60;

/**
 * Checks that `body` holds for every generated case; the smallest case for which it does not is put into the report;
 * the first one in an examination of verdicts only.
 *
 * @param seed - of the cases; the context's, so that hidden and public cases differ
 * @throws CriterionFailure with the shrunk counterexample, its seed and path
 * @throws SubmissionFault if the submission did not answer
 *
 * @example
 * ```ts
 * await assertProperty(seed, linearLayers(), async ({ N, D }) => {
 *   const x = randomData(seed, { N, D }).real(N * D);
 *   const { outputs } = await submission.call({
 *     name: 'relu',
 *     options: {},
 *     inputs: [x],
 *     outputs: [{ dtype: 'float64', length: x.length }],
 *   });
 *   if (outputs[0].some((y) => y < 0)) throw new CriterionFailure('no output is negative');
 * });
 * ```
 */
export async function assertProperty<T>(
  seed: number,
  cases: fc.Arbitrary<T>,
  body: (value: T) => Promise<void>,
  runs = RUNS,
): Promise<void> {
  const begunAt = secondsOfSubmissions();
  const isOverBudget = () => secondsOfSubmissions() - begunAt > SECONDS;
  let done = 0;
  let smallest: unknown;
  let firstFailureAt: number | undefined;
  const passed: T[] = [];
  /**
   * A hang costs a whole deadline, and a fault of our own code is not a counterexample: after those, smaller cases
   * count as passed.
   */
  const isSmallEnough = () =>
    firstFailureAt !== undefined &&
    (!canShrink(smallest) || isOverBudget() || performance.now() - firstFailureAt > SHRINKING_SECONDS * 1000);
  const property = fc.asyncProperty(cases, async (value) => {
    if (isSmallEnough()) return;
    try {
      if (isOverBudget()) throw new TooSlow(`too slow to be examined: ${done} of ${runs} cases in ${SECONDS} s`);
      await body(value);
      done++;
      passed.push(value);
    } catch (error) {
      firstFailureAt ??= performance.now();
      smallest = error;
      throw error;
    }
  });
  const { verdictsOnly } = examination();
  const details = await fc.check(property, { seed, numRuns: runs, endOnFailure: verdictsOnly });
  if (!details.failed) return;
  if (details.counterexample === null) throw new Error(`${details.numRuns} of ${runs} cases were run`);
  if (smallest instanceof TooSlow) throw new CriterionFailure(smallest.message);
  const [value] = details.counterexample;
  if (canShrink(smallest) && !isOverBudget())
    await callMore(fc.sample(cases, { seed, numRuns: Math.min(runs, MORE) }), body);
  const passesNow = !verdictsOnly && (await passesAlone(smallest, () => body(value)));
  const remark = passesNow ? PASSES_ALONE : undefined;
  const passes = async (other: T): Promise<boolean> => {
    if (isOverBudget()) return false;
    return body(other).then(
      () => true,
      () => false,
    );
  };
  const isWorthIt = !verdictsOnly && remark === undefined && canShrink(smallest) && !isMissing(smallest);
  const nearby = isWorthIt ? await nearestPassing(value, cases, passed, passes) : undefined;
  if (isSubmissionFault(smallest) && !isMissing(smallest)) throw withGeometry(smallest, value, { remark, nearby });
  if (!(smallest instanceof CriterionFailure)) throw smallest;
  const replay = {
    seed: details.seed,
    path: details.counterexamplePath ?? '',
    runs: details.numRuns,
    shrinks: details.numShrinks,
  };
  const evidence = smallest.evidence.map((item): Evidence =>
    item.type === 'counterexample'
      ? { ...item, ...replay, ...(remark && { cause: remark }), ...(nearby && { nearby }) }
      : item,
  );
  throw new CriterionFailure(smallest.message, evidence);
}

/** The case that failed, and smaller ones, may be too small to tell a function with a bug from one that does nothing. */
const MORE = 8;

/** Calls the functions on some cases whatever comes of it: `showsWork` looks at the largest. */
async function callMore<T>(cases: readonly T[], body: (value: T) => Promise<void>): Promise<void> {
  for (const value of cases) {
    try {
      await body(value);
    } catch (error) {
      if (!canShrink(error)) return;
    }
  }
}

/** The submission's time is used up. */
class TooSlow extends Error {}

const canShrink = (error: unknown): boolean =>
  error instanceof CriterionFailure || (isSubmissionFault(error) && !isFatal(error));

const isMissing = (error: unknown): boolean => isSubmissionFault(error) && error.kind === 'not-implemented';

const PASSES_ALONE = 'alone in a fresh process this case passes: the result depends on earlier calls, or on chance';

/** Each of these starts a process, and most submissions keep nothing between calls. */
const MOST_IN_VAIN = 4;
let inVain = 0;

/** Whether a case that has failed does not fail if nothing was called before it. */
async function passesAlone(error: unknown, run: () => Promise<void>): Promise<boolean> {
  if (!canShrink(error) || isMissing(error)) return false;
  if (inVain >= MOST_IN_VAIN) return false;
  try {
    await onFreshSubmissions(run);
    return true;
  } catch {
    inVain++;
    return false;
  }
}

/** Adds the sizes on which the submission did not answer. */
function withGeometry(
  fault: { kind: string; message: string },
  value: unknown,
  { remark, nearby }: { readonly remark: string | undefined; readonly nearby: string | undefined },
): CriterionFailure {
  const geometry = Object.fromEntries(
    Object.entries(value as object).filter(([, size]) => typeof size === 'number'),
  ) as Record<string, number>;
  return new CriterionFailure(fault.message, [
    {
      type: 'misbehaviour',
      what: fault.kind as 'threw',
      message: remark === undefined ? fault.message : `${fault.message}\n${remark}`,
      ...(Object.keys(geometry).length > 0 ? { geometry } : {}),
      ...(nearby && { nearby }),
    },
  ]);
}
