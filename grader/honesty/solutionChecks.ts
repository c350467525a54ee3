import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ownDeliverables } from '../compile/mergeFiles.ts';
import { type Assignment, criteriaOf } from '../model/assignment.ts';
import { affectedBy } from './affectedBy.ts';
import type { Check, Examiner, Files } from './Check.ts';
import { examinedKinds, isExamined, lineOf, lostOf, type Outcome } from './examined.ts';
import { type Mutant, readMutants } from './keptMutants.ts';
import { mutatedFiles, overlaid } from './mutatedFiles.ts';

/**
 * What is kept by hand: every mutant loses exactly what its label says, and no accepted solution loses anything.
 *
 * @param isQuick - only as many mutants as it takes to lose every criterion once, each on the criteria that it must lose,
 *   and one accepted solution
 */
export function solutionChecks(assignment: Assignment, examiner: Examiner, isQuick: boolean): Check[] {
  const all = readMutants(assignment.folders.tests);
  const mutants = isQuick ? oneForEachCriterion(assignment, all) : all;
  const unaffected = new UnaffectedOutcomes(assignment, examiner);
  return [
    ...(isQuick ? [] : stubsIn(assignment, all)).map((path): Check => ({
      group: 'skeleton',
      name: `with ${path} as it is handed out, what does not examine it is as with the reference’s`,
      run: () => affectedByStub(assignment, examiner, path),
    })),
    ...mutants.map((mutant): Check => ({
      group: 'mutants',
      name: `mutant ${mutant.name} loses exactly what its label says`,
      run: () => wrongLabels(assignment, examiner, mutant, isQuick ? undefined : unaffected),
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

/** The files that mutants edit and that are handed out as stubs. */
function stubsIn(assignment: Assignment, mutants: readonly Mutant[]): string[] {
  const stubs = ownDeliverables(assignment, assignment.folders.skeleton);
  const edited = new Set(mutants.flatMap(({ edits }) => edits.map(({ file }) => file)));
  return [...edited].filter((path) => stubs.has(path));
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

/** Criteria that a change of some files cannot affect come to what they come to without it. */
class UnaffectedOutcomes {
  readonly #assignment: Assignment;
  readonly #examiner: Examiner;
  readonly #ofBases = new Map<Mutant['base'], Promise<readonly Outcome[]>>();

  constructor(assignment: Assignment, examiner: Examiner) {
    this.#assignment = assignment;
    this.#examiner = examiner;
  }

  async of(base: Mutant['base'], affected: ReadonlySet<string>): Promise<Outcome[]> {
    const known = this.#ofBases.get(base) ?? this.#outcomesOf(base);
    this.#ofBases.set(base, known);
    return (await known).filter(({ id }) => !affected.has(id));
  }

  #outcomesOf(base: Mutant['base']): Promise<readonly Outcome[]> {
    const files = mutatedFiles(this.#assignment, { name: base, base, edits: [] });
    return outcomesOf(this.#examiner, base, files, { kinds: examinedKinds(this.#assignment), others: [] });
  }
}

async function affectedByStub(assignment: Assignment, examiner: Examiner, path: string): Promise<string[]> {
  const { reference, skeleton } = assignment.folders;
  const stub = ownDeliverables(assignment, skeleton).get(path)!;
  const files = new Map([...ownDeliverables(assignment, reference), [path, stub]]);
  const affected = affectedBy(assignment, new Set([path]));
  const kinds = criteriaOf(assignment)
    .filter((row) => isExamined(row) && !affected.has(row.id))
    .map(({ id }) => id);
  if (kinds.length === 0) return [];
  return lostOf(await outcomesOf(examiner, path, files, { kinds, others: [] })).map(lineOf);
}

async function wrongLabels(
  assignment: Assignment,
  examiner: Examiner,
  mutant: Mutant,
  unaffected: UnaffectedOutcomes | undefined,
): Promise<string[]> {
  const examined = new Set(
    criteriaOf(assignment)
      .filter(isExamined)
      .map(({ id }) => id),
  );
  const measured = [...mutant.loses.filter((label) => !examined.has(label)), ...(mutant.isTimed ? ['speed'] : [])];
  const isQuick = unaffected === undefined;
  const affected = affectedBy(assignment, new Set(mutant.edits.map(({ file }) => file)));
  const labels = new Set(mutant.loses);
  const kinds = [...examined].filter((id) => (isQuick ? labels : affected).has(id));
  const only = { kinds, others: isQuick ? [] : measured };
  const files = mutatedFiles(assignment, mutant);
  const own = kinds.length + only.others.length === 0 ? [] : await outcomesOf(examiner, mutant.name, files, only);
  const outcomes = [...((await unaffected?.of(mutant.base, affected)) ?? []), ...own];
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
  const files = overlaid(assignment, reference, join(tests, 'accepted', name));
  const kinds = examinedKinds(assignment);
  return lostOf(await outcomesOf(examiner, name, files, { kinds, others: [] })).map(lineOf);
}
