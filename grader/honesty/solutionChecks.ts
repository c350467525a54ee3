import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ownDeliverables } from '../compile/mergeFiles.ts';
import { type Assignment, criteriaOf } from '../model/assignment.ts';
import type { Check, Examiner, Files } from './Check.ts';
import { examinedKinds, isExamined, lineOf, lostOf, type Outcome } from './examined.ts';
import { type Mutant, readMutants } from './keptMutants.ts';
import { mutatedFiles } from './mutatedFiles.ts';

/**
 * What is kept by hand: every mutant loses exactly what its label says, and no accepted solution loses anything.
 *
 * @param isQuick - only as many mutants as it takes to lose every criterion once, each on the criteria that it must lose,
 *   and one accepted solution
 */
export function solutionChecks(assignment: Assignment, examiner: Examiner, isQuick: boolean): Check[] {
  const all = readMutants(assignment.folders.tests);
  const mutants = isQuick ? oneForEachCriterion(assignment, all) : all;
  return [
    ...mutants.map((mutant): Check => ({
      group: 'mutants',
      name: `mutant ${mutant.name} loses exactly what its label says`,
      run: () => wrongLabels(assignment, examiner, mutant, isQuick),
    })),
    ...acceptedIn(assignment)
      .slice(0, isQuick ? 1 : undefined)
      .map((name): Check => ({
        group: 'accepted solutions',
        name: `accepted solution ${name} keeps full correctness`,
        run: () => lostBy(assignment, examiner, name),
      })),
  ];
}

/** Those that lose the most first. */
function oneForEachCriterion(assignment: Assignment, mutants: readonly Mutant[]): Mutant[] {
  const left = new Set(
    criteriaOf(assignment)
      .filter(isExamined)
      .map(({ id }) => id),
  );
  return mutants
    .toSorted((a, b) => b.loses.length - a.loses.length)
    .filter(({ loses }) => loses.map((id) => left.delete(id)).includes(true));
}

function acceptedIn({ folders }: Assignment): string[] {
  const folder = join(folders.tests, 'accepted');
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** What hangs, or is about speed or accuracy as well, is graded as a submission. */
async function outcomesOf(
  examiner: Examiner,
  name: string,
  files: Files,
  { kinds, others }: { readonly kinds: readonly string[]; readonly others: readonly string[] },
): Promise<readonly Outcome[]> {
  const found = others.length > 0 ? undefined : await examiner.examine(files, kinds);
  return found ?? (await examiner.grade(name, files, [...kinds, ...others])).outcomes;
}

async function wrongLabels(
  assignment: Assignment,
  examiner: Examiner,
  mutant: Mutant,
  isQuick: boolean,
): Promise<string[]> {
  const examined = new Set(
    criteriaOf(assignment)
      .filter(isExamined)
      .map(({ id }) => id),
  );
  const measured = [...mutant.loses.filter((label) => !examined.has(label)), ...(mutant.isTimed ? ['speed'] : [])];
  const kinds = isQuick ? mutant.loses.filter((label) => examined.has(label)) : examinedKinds(assignment);
  const only = isQuick ? { kinds, others: [] } : { kinds, others: measured };
  const files = mutatedFiles(assignment, mutant);
  const outcomes = await outcomesOf(examiner, mutant.name, files, only);
  // What is too noisy to be measured while other processes run is not lost.
  const unmeasured = outcomes
    .filter(({ status }) => status === 'not-measurable' || status === 'inconclusive')
    .map(({ id }) => id);
  const lost = lostOf(outcomes);
  return [
    ...mutant.loses

      .filter(
        (label) =>
          (!isQuick || examined.has(label)) && !unmeasured.includes(label) && !lost.some(({ id }) => id === label),
      )
      .map((label) => `it does not lose ${label}`),
    ...lost.filter(({ id, status }) => !mutant.loses.includes(id) || status === 'grader-error').map(lineOf),
  ];
}

async function lostBy(assignment: Assignment, examiner: Examiner, name: string): Promise<string[]> {
  const { reference, tests } = assignment.folders;
  const folders = [reference, join(tests, 'accepted', name)];
  const files = new Map(folders.flatMap((folder) => [...ownDeliverables(assignment, folder)]));
  const kinds = examinedKinds(assignment);
  return lostOf(await outcomesOf(examiner, name, files, { kinds, others: [] })).map(lineOf);
}
