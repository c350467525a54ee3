import { examinedCriteria } from '../prove/AssignmentMutants.ts';
import type { InProcessExaminer } from '../prove/inProcess/InProcessExaminer.ts';
import { mutantsOf, type SourceMutant } from '../prove/mutantsOf.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Solution } from './Draft.ts';
import { editOf, type TextEdit } from './editOf.ts';
import { criterionOf, kebab, type TaskFunction } from './TaskFunction.ts';

/** A mistake in a solution, and the criterion that it loses. */
export interface ChosenMutant {
  readonly name: string;
  readonly about: string;
  readonly file: string;
  readonly edit: TextEdit;
  readonly loses: string;
}

export interface ChooseOptions {
  readonly assignment: Assignment;
  readonly solutions: readonly Solution[];
  readonly examiner: InProcessExaminer;
  readonly signal: AbortSignal;
}

/** Candidates that are tried for a function. */
const MOST = 20;
const CRITERION_SECONDS = 4;
/** The label must hold for every seed. */
const SEEDS = [1, 2];

/** For each function a mistake that a machine makes in it and that loses its criterion, and no other. */
export async function chooseMutants(options: ChooseOptions): Promise<ChosenMutant[]> {
  const chosen: ChosenMutant[] = [];
  for (const { path, text, tasks } of options.solutions) {
    const mutants = mutantsOf(text);
    for (const task of tasks) {
      const found = await firstLosing(options, path, task, candidatesFor(task, mutants));
      if (found) chosen.push(labelled(found, text, task));
    }
  }
  return chosen;
}

/** In the function itself first, and of each kind of mistake one before the second of any. */
function candidatesFor({ name }: TaskFunction, mutants: readonly SourceMutant[]): SourceMutant[] {
  const places = new Map<string, number>();
  const ranked = mutants.map((mutant) => {
    const place = places.get(mutant.operator) ?? 0;
    places.set(mutant.operator, place + 1);
    return { mutant, rank: mutant.inside === name ? place : place + mutants.length };
  });
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ mutant }) => mutant);
}

async function firstLosing(
  { assignment, solutions, examiner, signal }: ChooseOptions,
  path: string,
  task: TaskFunction,
  candidates: readonly SourceMutant[],
): Promise<SourceMutant | undefined> {
  const selected = examinedCriteria(assignment).map(({ id }) => id);
  const lostBy = async ({ text }: SourceMutant, seed: number): Promise<string[]> => {
    const deliverables = new Map(solutions.map((one) => [one.path, one.path === path ? text : one.text]));
    const limits = { criterionSeconds: CRITERION_SECONDS, verdictsOnly: true, signal };
    const run = { assignment, deliverables, selected, seed, ...limits };
    const { findings, ended } = await examiner.examine(run);
    return ended === undefined ? findings.filter(({ status }) => status !== 'passed').map(({ id }) => id) : [];
  };
  const isLost = async (mutant: SourceMutant): Promise<boolean> => {
    for (const seed of SEEDS) {
      const lost = await lostBy(mutant, seed);
      if (lost.length !== 1 || lost[0] !== criterionOf(task)) return false;
    }
    return true;
  };
  for (const mutant of candidates) if (await isLost(mutant)) return mutant;
  return undefined;
}

const labelled = ({ operator, was, becomes, text: mutated }: SourceMutant, text: string, task: TaskFunction) => ({
  name: `${kebab(task.name)}-${operator.replaceAll(' ', '-')}`,
  about: `In ${task.name}, \`${was}\` has become \`${becomes}\`.`,
  file: task.file,
  edit: editOf(text, mutated),
  loses: criterionOf(task),
});
