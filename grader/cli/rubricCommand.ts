import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import { type Lint, lintRubric } from '../honesty/lintRubric.ts';
import { previewMutant } from '../honesty/previewMutant.ts';
import { type IsolationChoice, sandboxFor } from '../isolation/sandboxFor.ts';
import type { Assignment } from '../model/assignment.ts';
import { EXIT, UsageError } from '../model/errors.ts';
import { hasGraderError } from '../model/outcome.ts';
import { renderStudentPage } from '../report/html/studentPage.ts';
import { renderRubric } from '../report/terminal/renderRubric.ts';
import { graderFailedAt } from './graderFailedAt.ts';
import { chosenSeed, ISOLATION_OPTION } from './options.ts';
import { savedLines } from './savedLines.ts';
import { terminalWidthAndColour } from './screen.ts';
import { untilInterrupted } from './untilInterrupted.ts';

interface RubricArguments {
  readonly assignment: string;
  readonly lint: boolean;
  readonly preview: string | undefined;
  readonly seed: string | undefined;
  readonly isolation: IsolationChoice;
  readonly json: boolean;
  readonly out: string;
}

/** `grade rubric <assignment>`: the rubric as a table, what is unclear in it, and what a student would see. */
export const rubricCommand = (root: string): CommandModule<object, RubricArguments> => ({
  command: 'rubric <assignment>',
  describe: 'Show the rubric of an assignment, what is unclear in it, and what a student would see',
  builder: options as CommandModule<object, RubricArguments>['builder'] & object,
  handler: (given) => run(root, given),
});

const options = (cli: Argv) =>
  cli
    .positional('assignment', { type: 'string', demandOption: true, describe: 'Which assignment' })
    .option('lint', { type: 'boolean', default: false, describe: 'Only what is unclear; exit with 1 if anything is' })
    .option('preview', { type: 'string', requiresArg: true, describe: 'Save the student’s page of this mutant' })
    .option('seed', { type: 'string', defaultDescription: String(SEED), describe: 'Of the preview’s inputs' })
    .option('isolation', ISOLATION_OPTION)
    .option('json', { type: 'boolean', default: false, describe: 'Print the rubric, or what is unclear, as JSON only' })
    .option('out', { alias: 'o', type: 'string', default: 'reports/rubric', describe: 'Folder for the page' })
    .example('$0 rubric conv2d-gemm', 'as a table')
    .example('$0 rubric conv2d-gemm --lint', 'for CI')
    .example('$0 rubric conv2d-gemm --preview mat2im-published', 'as the student with this mistake sees it')
    .epilogue('Exit codes: 0 done, 1 --lint has found something, 2 bad usage, 3 the grader failed, 130 interrupted');

const SEED = 1;

async function run(root: string, given: RubricArguments): Promise<void> {
  const seed = chosenSeed(given.seed) ?? SEED;
  if (given.lint && given.preview !== undefined) throw new UsageError('--lint and --preview exclude each other');
  if (given.json && given.preview !== undefined) throw new UsageError('--json and --preview exclude each other');
  const assignment = findAssignment(root, given.assignment);
  if (given.preview !== undefined) return preview(root, assignment, given, given.preview, seed);
  const lints = lintRubric(assignment);
  if (given.lint) showLints(lints, given.json);
  else if (given.json) process.stdout.write(`${JSON.stringify({ rubric: assignment.rubric, lints }, undefined, 2)}\n`);
  else {
    process.stdout.write(renderRubric(assignment, terminalWidthAndColour(process.stdout)));
    if (lints.length > 0) process.stdout.write(`\nUnclear\n${linesOf(lints)}`);
  }
}

function showLints(lints: readonly Lint[], isJson: boolean): void {
  const text = lints.length > 0 ? linesOf(lints) : 'Nothing is unclear.\n';
  process.stdout.write(isJson ? `${JSON.stringify(lints, undefined, 2)}\n` : text);
  if (lints.length > 0) process.exitCode = EXIT.belowFailUnder;
}

const linesOf = (lints: readonly Lint[]): string => lints.map(({ id, problem }) => `  ${id}: ${problem}\n`).join('');

async function preview(
  root: string,
  assignment: Assignment,
  { isolation, out }: RubricArguments,
  mutant: string,
  seed: number,
): Promise<void> {
  const file = join(out, assignment.id, `${mutant}.html`);
  await untilInterrupted('nothing was written', async (signal) => {
    await requireWritable([file]);
    const sandbox = await sandboxFor(root, isolation, assignment);
    const report = await previewMutant({ root, assignment, sandbox, seed, signal }, mutant);
    const failed = report.outcomes.filter((outcome) => hasGraderError([outcome]));
    await writeWhole(file, await renderStudentPage(report));
    process.stdout.write(savedLines([file], terminalWidthAndColour(process.stdout).width));
    if (failed.length === 0) return;
    process.stderr.write(`grade: ${graderFailedAt(failed.map(({ id }) => id))}\n`);
    process.exitCode = EXIT.graderFailed;
  });
}
