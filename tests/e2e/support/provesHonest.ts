import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { criteriaOf } from '../../../grader/model/assignment.ts';
import type { Finding } from '../../../grader/model/outcome.ts';
import { readMutants } from '../../kit/src/mutant.ts';
import { assignmentOf, deliverablesIn, gradeFiles } from './gradeFiles.ts';
import { examineInProcess } from './examineInProcess.ts';
import { mutatedFiles } from './mutatedFiles.ts';

/** Labels list criteria of correctness; the loss of speed and accuracy follows from it. */
const EXAMINED = ['correctness', 'policy'];

type Outcomes = readonly Pick<Finding, 'id' | 'status' | 'reason'>[];

const statuses = (outcomes: Outcomes) => Object.fromEntries(outcomes.map(({ id, status }) => [id, status]));
const lostOf = (outcomes: Outcomes) =>
  outcomes.filter(({ status }) => !['passed', 'not-measurable', 'inconclusive', 'manual'].includes(status));
const notPassed = (outcomes: Outcomes) => lostOf(outcomes).map(({ id }) => id);

/**
 * Declares the tests of an assignment's suites: the reference earns everything, the skeleton nothing, each mutant loses
 * exactly what its label says, and no accepted solution loses anything.
 */
export function provesHonest(id: string): void {
  const assignment = assignmentOf(id);
  const examined = criteriaOf(assignment).filter(
    ({ kind, notMeasurable }) => EXAMINED.includes(kind) && !notMeasurable,
  );
  const kinds = EXAMINED.filter((kind) => criteriaOf(assignment).some((criterion) => criterion.kind === kind));
  const reference = deliverablesIn(assignment, assignment.folders.reference);

  test.concurrent(
    'the reference earns everything that is graded',
    async () => {
      const { totals, outcomes } = await gradeFiles(assignment, 'reference', reference, []);
      expect(
        outcomes.filter(({ status }) => status === 'failed' || status === 'partial' || status === 'grader-error'),
      ).toEqual([]);
      expect(totals.earned).toBe(totals.possible);
    },
    900_000,
  );

  test.concurrent(
    'the untouched skeleton earns nothing, and nothing counts as attempted',
    async () => {
      const { totals, outcomes } = await gradeFiles(
        assignment,
        'skeleton',
        deliverablesIn(assignment, assignment.folders.skeleton),
        [],
      );
      expect(totals.earned).toBe(0);
      const machine = outcomes.filter(({ kind, status }) => kind !== 'manual' && status !== 'not-measurable');
      expect(Object.fromEntries(machine.map(({ id, status }) => [id, status]))).toEqual(
        Object.fromEntries(machine.map((outcome) => [outcome.id, 'not-attempted'])),
      );
    },
    900_000,
  );

  test.concurrent(
    'the same seed gives the same score',
    async () => {
      const files = deliverablesIn(assignment, assignment.folders.reference);
      const [first, second] = [
        await gradeFiles(assignment, 'one', files, kinds, 7),
        await gradeFiles(assignment, 'two', files, kinds, 7),
      ];
      expect(statuses(first.outcomes)).toEqual(statuses(second.outcomes));
    },
    600_000,
  );

  const mutants = readMutants(assignment.folders.tests);
  const all = new Map(criteriaOf(assignment).map((criterion) => [criterion.id, criterion]));

  test('labels name criteria that exist, and every criterion is lost by some mutant', () => {
    const lost = new Set(mutants.flatMap(({ loses }) => loses));
    expect([...lost].filter((label) => !all.has(label))).toEqual([]);
    expect(examined.filter((criterion) => !lost.has(criterion.id))).toEqual([]);
  });

  /** What hangs, or is about speed or accuracy as well, is graded as a submission. */
  async function outcomesOf(
    name: string,
    files: ReadonlyMap<string, string>,
    others: readonly string[] = [],
  ): Promise<Outcomes> {
    const found = others.length > 0 ? undefined : await examineInProcess(assignment, files, kinds);
    return found ?? (await gradeFiles(assignment, name, files, [...kinds, ...others])).outcomes;
  }

  test.concurrent.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
    'mutant %s loses exactly what its label says',
    async (name, mutant) => {
      const measured = mutant.loses.filter((label) => !EXAMINED.includes(all.get(label)!.kind));
      const others = [...measured, ...(mutant.isTimed ? ['speed'] : [])];
      const outcomes = await outcomesOf(name, mutatedFiles(assignment, mutant), others);
      // What is too noisy to be measured while other tests run is not lost.
      const unmeasured = outcomes
        .filter(({ status }) => status === 'not-measurable' || status === 'inconclusive')
        .map(({ id }) => id);
      expect(notPassed(outcomes).sort()).toEqual(mutant.loses.filter((label) => !unmeasured.includes(label)).sort());
      expect(outcomes.filter(({ status }) => status === 'grader-error')).toEqual([]);
    },
    900_000,
  );

  const accepted = join(assignment.folders.tests, 'accepted');
  if (!existsSync(accepted)) return;
  test.concurrent.each(readdirSync(accepted))(
    'accepted solution %s keeps full correctness',
    async (name) => {
      const files = new Map([...reference, ...deliverablesIn(assignment, join(accepted, name))]);
      const lost = lostOf(await outcomesOf(name, files));
      expect(lost.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
    },
    600_000,
  );
}
