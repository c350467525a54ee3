import { stringify } from 'yaml';
import { readAssignment } from '../assignments/readAssignment.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import type { Assignment } from '../model/assignment.ts';
import { InProcessExaminer } from '../prove/inProcess/InProcessExaminer.ts';
import { type ChosenMutant, chooseMutants } from './chooseMutants.ts';
import { deriveSkeleton } from './deriveSkeleton.ts';
import { type Draft, type Solution, tasksOf, type Texts } from './Draft.ts';
import { formatted } from './formatted.ts';
import { NewFolders } from './NewFolders.ts';
import { requirePassing } from './requirePassing.ts';
import { runExamples } from './runExamples.ts';
import { criterionOf } from './TaskFunction.ts';
import { assignmentYaml } from './texts/assignmentYaml.ts';
import { entrySource } from './texts/entrySource.ts';
import { exampleTest } from './texts/exampleTest.ts';
import { JEST_CONFIG, manifest } from './texts/manifest.ts';
import { questionsSource } from './texts/questionsSource.ts';
import { readme } from './texts/readme.ts';
import { suiteSources } from './texts/suiteSources.ts';

interface NewAssignmentOptions {
  /** The folder of im2grade. */
  readonly root: string;
  /** The folder of the course. */
  readonly course: string;
  readonly draft: Draft;
  /** Another right solution by the paths of its deliverables; empty if there is none. */
  readonly accepted: Texts;
  readonly sandbox: Sandbox;
  /** Called before each step, which takes seconds. */
  readonly step: (what: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Makes the three folders of an assignment from solutions with fences: the skeleton is derived; the suites compare with
 * the solution; the example in the public test is computed by it; for each function a mistake is found that loses its
 * criterion. If anything fails, nothing is left behind.
 *
 * @returns the criteria for which no mistake was found: a mutant has to be written by hand
 * @throws UsageError if a folder exists, or the solution cannot be used or does not pass the suites
 */
export async function newAssignment(options: NewAssignmentOptions): Promise<string[]> {
  const { root, course, accepted, sandbox, step, signal } = options;
  const folders = new NewFolders(root, course, options.draft.id);
  const draft = await withFormattedSolutions(root, options.draft);
  try {
    step('writing the skeleton, the reference and the suites');
    await folders.write('skeleton', skeletonTexts(root, draft));
    await folders.write('reference', solutionTexts(draft.solutions));
    await folders.write('tests', testTexts(draft, accepted, course === root));
    const assignment = readAssignment(root, draft.id, folders.folders);
    step('computing the public examples');
    const examples = await runExamples(root, assignment, sandbox, tasksOf(draft));
    await folders.write('skeleton', { [`test/${draft.id}.test.ts`]: exampleTest(draft, examples) });
    await folders.write('tests', { 'questions.ts': questionsSource(examples) });
    const mutants = await examined(options, assignment, draft.solutions);
    await folders.write('tests', mutantTexts(mutants));
    signal.throwIfAborted();
    folders.keep();
    const proved = mutants.map(({ loses }) => loses);
    return tasksOf(draft)
      .map(criterionOf)
      .filter((id) => !proved.includes(id));
  } catch (error) {
    folders.remove();
    throw error;
  }
}

/** Mutants are edits of the reference as it is written. */
async function withFormattedSolutions(root: string, draft: Draft): Promise<Draft> {
  const texts = await formatted(root, solutionTexts(draft.solutions));
  return { ...draft, solutions: draft.solutions.map((one) => ({ ...one, text: texts[one.path] })) };
}

const skeletonTexts = (root: string, draft: Draft): Texts => ({
  'package.json': manifest(root, draft.id),
  'jest.config.mjs': JEST_CONFIG,
  'README.md': readme(draft),
  'assignment.yaml': assignmentYaml(draft),
  'src/entry.ts': entrySource(draft),
  ...Object.fromEntries(draft.solutions.map(({ path, text }) => [path, deriveSkeleton(text, path)])),
});

const solutionTexts = (solutions: readonly Solution[]): Texts =>
  Object.fromEntries(solutions.map(({ path, text }) => [path, text]));

/** @param isOurs - whether the tests of im2grade prove the assignment too */
const testTexts = (draft: Draft, accepted: Texts, isOurs: boolean): Texts => ({
  ...suiteSources(draft),
  ...(isOurs && {
    'honesty.test.ts': `import { provesHonest } from '../e2e/support/provesHonest.ts';\n\nprovesHonest('${draft.id}');\n`,
  }),
  ...Object.fromEntries(Object.entries(accepted).map(([path, text]) => [`accepted/another-way/${path}`, text])),
});

const mutantTexts = (mutants: readonly ChosenMutant[]): Texts =>
  Object.fromEntries(
    mutants.map(({ name, about, file, edit, loses }) => [
      `mutants/${name}.yaml`,
      stringify({ about, base: 'reference', edits: [{ file, ...edit }], loses: [loses] }, { lineWidth: 0 }),
    ]),
  );

/** Examines the solution, which has to pass, and wrong ones. */
async function examined(
  { root, sandbox, signal, step }: NewAssignmentOptions,
  assignment: Assignment,
  solutions: readonly Solution[],
): Promise<ChosenMutant[]> {
  const examiner = new InProcessExaminer(root, sandbox);
  try {
    step('examining the solution');
    await requirePassing({ assignment, solutions, examiner, signal });
    step('looking for mistakes that the suites notice');
    return await chooseMutants({ assignment, solutions, examiner, signal });
  } finally {
    await examiner.close();
  }
}
