import { join } from 'node:path';
import { chooseGemm, GemmChoiceError, type GemmKind } from '@im2grade/nn/run';
import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { grade } from '../grade.ts';
import { takeIn } from '../intake/takeIn.ts';
import { EXIT, UsageError } from '../model/errors.ts';
import type { ScoreReport } from '../model/report.ts';
import { saveReport } from '../report/saveReport.ts';
import { toJson } from '../report/json/writeJson.ts';
import { renderReport } from '../report/terminal/renderReport.ts';
import { showProgress } from './progress.ts';

interface GradeArguments {
  readonly submission: string;
  readonly assignment: string | undefined;
  readonly only: string[];
  readonly seed: number | undefined;
  readonly json: boolean;
  readonly out: string;
  readonly failUnder: number | undefined;
}

/** Exit status of a shell command that was interrupted. */
const INTERRUPTED = 130;

/** `grade <submission>`: the main job. */
export const gradeCommand = (root: string): CommandModule<object, GradeArguments> => ({
  command: '$0 <submission>',
  describe: 'Grade one submission: print the score, draw it, save it',
  builder: options as CommandModule<object, GradeArguments>['builder'] & object,
  handler: (given) => run(root, given),
});

const options = (cli: Argv) =>
  cli
    .positional('submission', { type: 'string', demandOption: true, describe: 'Folder or .zip with the deliverables' })
    .option('assignment', { alias: 'a', type: 'string', describe: 'Which assignment; not needed while there is one' })
    .option('only', {
      type: 'string',
      array: true,
      default: [] as string[],
      describe: 'A criterion, a group of them (im2mat) or a kind (correctness)',
    })
    .option('seed', { type: 'number', describe: 'Examine on the inputs of an earlier grading' })
    .option('json', { type: 'boolean', default: false, describe: 'Print the score report as JSON and nothing else' })
    .option('out', {
      alias: 'o',
      type: 'string',
      default: 'reports',
      describe: 'Folder for report.json and report.html',
    })
    .option('fail-under', { type: 'number', describe: 'Exit with 1 when fewer points are earned' })
    .example('$0 examples/submission', 'everything, report in reports/')
    .example('$0 ada.zip --only correctness', 'without speed and accuracy, in seconds')
    .example('$0 ada --only im2mat.stride --seed 42', 'one criterion again, on the same inputs')
    .example('$0 ada --json --fail-under 60', 'for CI')
    .epilogue(
      'IM2GRADE_GEMM=ts|wasm|openblas: what gemm computes with, for the submission and the reference alike (wasm)\n' +
        'Exit codes: 0 graded, 1 graded below --fail-under, 2 bad usage or cannot be graded, 3 the grader failed',
    );

async function run(root: string, given: GradeArguments): Promise<void> {
  if (given.seed !== undefined && !(Number.isInteger(given.seed) && given.seed >= 0 && given.seed < 2 ** 31)) {
    throw new UsageError(`--seed ${given.seed}: must be an integer from 0 to ${2 ** 31 - 1}`);
  }
  const gemm = chosenGemm();
  const assignment = findAssignment(root, given.assignment);
  const submission = await takeIn(given.submission, assignment);
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  const progress = showProgress(process.stderr);
  try {
    const { seed, only } = given;
    const report = await grade({
      root,
      assignment,
      submission,
      path: given.submission,
      seed,
      only,
      gemm,
      progress,
      signal: interruption.signal,
    });
    progress.stop();
    await deliver(report, given);
  } catch (error) {
    progress.stop();
    if (!interruption.signal.aborted) throw error;
    process.stderr.write('grade: interrupted; nothing was written\n');
    process.exitCode = INTERRUPTED;
  }
}

/** @throws UsageError when `IM2GRADE_GEMM` names what there is not */
export function chosenGemm(): GemmKind {
  try {
    return chooseGemm(process.env['IM2GRADE_GEMM']);
  } catch (error) {
    if (error instanceof GemmChoiceError) throw new UsageError(error.message);
    throw error;
  }
}

async function deliver(report: ScoreReport, { out, json, failUnder }: GradeArguments): Promise<void> {
  const files = await saveReport(report, join(out, report.submission.name.replace(/\.zip$/, '')));
  if (json) process.stdout.write(toJson(report));
  else {
    const { isTTY, columns } = process.stdout;
    process.stdout.write(
      renderReport(report, { width: columns ?? 100, colour: isTTY === true && !process.env['NO_COLOR'] }),
    );
    process.stdout.write(`\nSaved ${files.join(' and ')}\n`);
  }
  if (failUnder !== undefined && report.totals.earned < failUnder) process.exitCode = EXIT.belowFailUnder;
}
