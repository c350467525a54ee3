import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ownDeliverables } from '../compile/mergeFiles.ts';
import { type Assignment, criteriaOf } from '../model/assignment.ts';
import type { MutantOutcome } from '../model/proofReport.ts';
import { habitsOf } from './operators/habits.ts';
import { mutantsOf, type SourceMutant } from './mutantsOf.ts';
import { readHabits } from './readHabits.ts';

/** The right submission in which a mistake is made. */
export type Base = MutantOutcome['base'];

export interface Mutant extends SourceMutant {
  readonly base: Base;
  readonly file: string;
}

/** A right submission, and which of its files mutants are made of. */
interface RightSubmission {
  readonly files: ReadonlyMap<string, string>;
  readonly mutated: readonly string[];
}

/** The right submissions of an assignment: the reference, and the naive loops if it has any. */
export function rightSubmissions(assignment: Assignment): ReadonlyMap<Base, RightSubmission> {
  const { reference: folder, tests } = assignment.folders;
  const reference = ownDeliverables(assignment, folder);
  const examined = examinedFiles(assignment);
  const isMutated = (path: string) => path.endsWith('.ts') && examined.has(path);
  const right = new Map<Base, RightSubmission>([
    ['reference', { files: reference, mutated: [...reference.keys()].filter(isMutated) }],
  ]);
  if (!existsSync(join(tests, 'naive'))) return right;
  const naive = ownDeliverables(assignment, join(tests, 'naive'));
  return right.set('naive', {
    files: new Map([...reference, ...naive]),
    mutated: [...naive.keys()].filter(isMutated),
  });
}

/** Whether a criterion may be lost by a mistake; speed and accuracy follow from correctness, and forms have their own tests. */
export const examinedCriteria = (assignment: Assignment) =>
  criteriaOf(assignment).filter(({ kind, notMeasurable }) => kind === 'correctness' && notMeasurable === undefined);

const examinedFiles = (assignment: Assignment): ReadonlySet<string> =>
  new Set(examinedCriteria(assignment).flatMap(({ examines }) => examines));

/** Every mutant of an assignment's right submissions, in a fixed order. Habits are the same around either solution. */
export function mutantsOfAssignment({ folders }: Assignment, right: ReadonlyMap<Base, RightSubmission>): Mutant[] {
  const habits = readHabits(folders.tests);
  return [...right].flatMap(([base, { files, mutated }]) =>
    mutated.flatMap((file) =>
      mutantsOf(files.get(file)!, base === 'reference' ? habitsOf(habits, file) : {}).map((mutant) => ({
        ...mutant,
        base,
        file,
      })),
    ),
  );
}
