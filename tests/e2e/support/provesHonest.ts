import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { criteriaOf } from '../../../grader/model/assignment.ts';
import type { Finding } from '../../../grader/model/outcome.ts';
import { type Mutant, readMutants } from '../../kit/src/mutant.ts';
import { affectedBy } from './affectedBy.ts';
import { assignmentOf, deliverablesIn, gradeFiles } from './gradeFiles.ts';
import { examineInProcess } from './examineInProcess.ts';
import { mutatedFiles } from './mutatedFiles.ts';

/** Labels list criteria of correctness; the loss of speed and accuracy follows from it. */
const EXAMINED = ['correctness', 'policy'];

type Base = Mutant['base'];
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
    'the reference earns everything that is graded, and with the same seed the same again',
    async () => {
      const { totals, outcomes, grading } = await gradeFiles(assignment, 'reference', reference, []);
      expect(
        outcomes.filter(({ status }) => status === 'failed' || status === 'partial' || status === 'grader-error'),
      ).toEqual([]);
      expect(totals.earned).toBe(totals.possible);
      const again = await gradeFiles(assignment, 'again', reference, kinds, grading.seed);
      expect(statuses(outcomes)).toMatchObject(statuses(again.outcomes));
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
    only: readonly string[],
    others: readonly string[] = [],
  ): Promise<Outcomes> {
    const found = others.length > 0 ? undefined : await examineInProcess(assignment, files, only);
    return found ?? (await gradeFiles(assignment, name, files, [...only, ...others])).outcomes;
  }

  const ofBases = new Map<Base, Promise<Outcomes>>();
  /** What the right submission comes to in which a mutant makes its mistakes. */
  function outcomesOfBase(base: Base): Promise<Outcomes> {
    const known =
      ofBases.get(base) ?? outcomesOf(base, mutatedFiles(assignment, { name: base, base, edits: [] }), kinds);
    ofBases.set(base, known);
    return known;
  }

  /** Criteria that a change of these files cannot affect come to what they come to without it. */
  async function outcomesOfMutant(mutant: Mutant, others: readonly string[]): Promise<Outcomes> {
    const affected = affectedBy(assignment, new Set(mutant.edits.map(({ file }) => file)));
    const only = examined.filter((criterion) => affected.has(criterion.id)).map((criterion) => criterion.id);
    const unaffected = (await outcomesOfBase(mutant.base)).filter((outcome) => !affected.has(outcome.id));
    if (only.length + others.length === 0) return unaffected;
    return [...unaffected, ...(await outcomesOf(mutant.name, mutatedFiles(assignment, mutant), only, others))];
  }

  test.concurrent.each([...new Set(mutants.flatMap(({ edits }) => edits.map(({ file }) => file)))])(
    'with %s as it is handed out, what does not examine it is as with the reference’s',
    async (path) => {
      const skeleton = deliverablesIn(assignment, assignment.folders.skeleton);
      const files = new Map([...reference, [path, skeleton.get(path)!]]);
      const affected = affectedBy(assignment, new Set([path]));
      const unaffected = examined.filter((criterion) => !affected.has(criterion.id)).map((criterion) => criterion.id);
      if (unaffected.length === 0) return;
      expect(notPassed(await outcomesOf(path, files, unaffected))).toEqual([]);
    },
    900_000,
  );

  test.concurrent.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
    'mutant %s loses exactly what its label says',
    async (_, mutant) => {
      const measured = mutant.loses.filter((label) => !EXAMINED.includes(all.get(label)!.kind));
      const others = [...measured, ...(mutant.isTimed ? ['speed'] : [])];
      const outcomes = await outcomesOfMutant(mutant, others);
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
      const lost = lostOf(await outcomesOf(name, files, kinds));
      expect(lost.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([]);
    },
    600_000,
  );
}
