import type { Criterion } from '@im2grade/grader/model/assignment.ts';
import type { Finding } from '@im2grade/grader/model/outcome.ts';
import { examination } from './examination.ts';
import { examineCriterion } from './examineCriterion.ts';
import { findings } from './examinedSoFar.ts';
import { takeSpent } from './spending.ts';
import type { Body } from './examineOn.ts';

export interface CriterionOptions {
  /**
   * Every number that the body passes to the submission follows from the context's seed, and none must stay secret: if
   * the criterion is hidden and lost, it may be examined again on public inputs.
   */
  readonly seeded?: boolean;
  /** The settings of its row that the body reads: `assignment.yaml` must have exactly these. */
  readonly settings?: readonly string[];
}

/**
 * Declares the test that examines one criterion of `assignment.yaml`, which also has its points, needs and tolerances.
 *
 * @param body - returns (passed), returns a verdict, or throws `CriterionFailure`; anything else that it throws is a
 *   fault of the grader
 *
 * @example
 * ```ts
 * criterion('relu.forward', async ({ submission, seed }) => {
 *   const x = randomData(seed, 'relu').real(6);
 *   const call: Call = { name: 'relu', options: {}, inputs: [x], outputs: [{ dtype: 'float64', length: 6 }] };
 *   const { outputs } = await submission.call(call);
 *   if (outputs[0].some((y, i) => y !== Math.max(0, x[i]))) throw new CriterionFailure('y is max(0, x)');
 * });
 * ```
 */
export function criterion(id: string, body: Body, { seeded = false, settings = [] }: CriterionOptions = {}): void {
  declareTest(id, settings, (row) => examineCriterion(row, body, seeded));
}

/** Declares the test that makes the finding of one row of `assignment.yaml`. */
export function declareTest(
  id: string,
  settings: readonly string[],
  examine: (row: Criterion) => Promise<Finding>,
): void {
  const { criteria, selected, known, declare } = examination();
  declare({ id, settings });
  const row = criteria.find((candidate) => candidate.id === id);
  if (!row) return;
  if (!examinedIds().has(id)) {
    if (known.has(id)) findings.set(id, known.get(id)!);
    test.skip(id, () => {});
    return;
  }
  test(id, async () => {
    if (selected.has(id)) examination().started(id);
    takeSpent();
    const finding = await examine(row);
    findings.set(id, finding);
    if (selected.has(id)) examination().report(finding, takeSpent());
    if (finding.status === 'grader-error') throw new Error(finding.reason);
  });
}

/** What is selected and what that depends on, as far as it is not known from an earlier examination. */
function examinedIds(): ReadonlySet<string> {
  const { criteria, selected, known } = examination();
  const examined = new Set(selected);
  // Ids that are added here are visited as well.
  for (const each of examined) {
    const { needs = [], beside = [] } = criteria.find((candidate) => candidate.id === each) ?? {};
    for (const need of needs) if (!known.has(need)) examined.add(need);
    // Their calls are needed, and not only their findings.
    for (const other of beside) examined.add(other);
  }
  return examined;
}
