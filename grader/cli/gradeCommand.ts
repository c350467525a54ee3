import { join } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { grade } from '../grade.ts';
import { takeIn, withoutArchiveSuffix } from '../intake/takeIn.ts';
import { type IsolationChoice, sandboxFor } from '../isolation/sandboxFor.ts';
import { EXIT } from '../model/errors.ts';
import { RepeatReport } from '../model/repeatReport.ts';
import type { ScoreReport } from '../model/report.ts';
import { repeat } from '../repeat/repeat.ts';
import { writeWhole } from '../report/files/writeWhole.ts';
import { renderRepeated } from '../report/terminal/renderRepeated.ts';
import { saveReport } from '../report/saveReport.ts';
import { toJson } from '../report/json/writeJson.ts';
import { renderReport } from '../report/terminal/renderReport.ts';
import { checkCount, checkSeed, chosenGemm, interruption, INTERRUPTED, ISOLATION_OPTION } from './options.ts';
import { showProgress } from './progress.ts';

interface GradeArguments {
  readonly submission: string;
  readonly assignment: string | undefined;
  readonly only: string[];
  readonly seed: number | undefined;
  readonly isolation: IsolationChoice;
  readonly json: boolean;
  readonly out: string;
  readonly failUnder: number | undefined;
  readonly repeat: number | undefined;
}

/** `grade <submission>`: the main job. */
export const gradeCommand = (root: string): CommandModule<object, GradeArguments> => ({
  command: '$0 <submission>',
  describe: 'Grade one submission: print the score, draw it, save it',
  builder: options as CommandModule<object, GradeArguments>['builder'] & object,
  handler: (given) => run(root, given),
});

const options = (cli: Argv) =>
  cli
    .positional('submission', {
      type: 'string',
      demandOption: true,
      describe: 'Folder, .zip or .tar.gz with the deliverables',
    })
    .option('assignment', { alias: 'a', type: 'string', describe: 'Which assignment; not needed while there is one' })
    .option('only', {
      type: 'string',
      array: true,
      default: [] as string[],
      describe: 'A criterion, a group of them (im2mat) or a kind (correctness)',
    })
    .option('seed', { type: 'number', describe: 'Examine on the inputs of an earlier grading' })
    .option('isolation', ISOLATION_OPTION)
    .option('json', { type: 'boolean', default: false, describe: 'Print the score report as JSON and nothing else' })
    .option('out', {
      alias: 'o',
      type: 'string',
      default: 'reports',
      describe: 'Folder for report.json and report.html',
    })
    .option('repeat', { type: 'number', describe: 'Grade so many times on fresh inputs and tell what changes' })
    .option('fail-under', { type: 'number', describe: 'Exit with 1 when fewer points are earned' })
    .example('$0 examples/submission', 'everything, report in reports/')
    .example('$0 ada.zip --only correctness', 'without speed and accuracy, in seconds')
    .example('$0 ada --only im2mat.stride --seed 42', 'one criterion again, on the same inputs')
    .example('$0 ada --json --fail-under 60', 'for CI')
    .example('$0 ada --repeat 10', 'what of the score is chance')
    .epilogue(
      'IM2GRADE_GEMM=ts|wasm|openblas: what gemm computes with, for the submission and the reference alike (wasm)\n' +
        'Exit codes: 0 graded, 1 graded below --fail-under, 2 bad usage or cannot be graded, 3 the grader failed',
    );

async function run(root: string, given: GradeArguments): Promise<void> {
  checkSeed(given.seed);
  checkCount('repeat', given.repeat);
  const signal = interruption();
  const gemm = chosenGemm();
  const assignment = findAssignment(root, given.assignment);
  const submission = await takeIn(given.submission, assignment);
  const sandbox = await sandboxFor(root, given.isolation, assignment);
  const progress = showProgress(process.stderr);
  const { submission: path, seed, only } = given;
  const options = { root, assignment, submission, path, seed, only, gemm, sandbox, progress, signal };
  try {
    if (given.repeat !== undefined) {
      const { repeat: runs } = given;
      const report = await repeat(options, runs, (number) => progress.repeated(number, runs));
      progress.stop();
      await deliverRepeated(report, given);
    } else {
      const report = await grade(options);
      progress.stop();
      await deliver(report, given);
    }
  } catch (error) {
    progress.stop();
    if (!signal.aborted) throw error;
    process.stderr.write('grade: interrupted; nothing was written\n');
    process.exitCode = INTERRUPTED;
  }
}

async function deliverRepeated(report: RepeatReport, { out, json, failUnder }: GradeArguments): Promise<void> {
  const file = join(out, withoutArchiveSuffix(report.submission.name), 'repeat.json');
  const text = JSON.stringify(RepeatReport.parse(report), undefined, 2) + '\n';
  await writeWhole(file, text);
  process.stdout.write(json ? text : `${renderRepeated(report, paperOf(process.stdout))}\nSaved ${file}\n`);
  if (failUnder !== undefined && Math.min(...report.earned) < failUnder) process.exitCode = EXIT.belowFailUnder;
}

const paperOf = ({ isTTY, columns }: NodeJS.WriteStream): { width: number; colour: boolean } => ({
  width: columns ?? 100,
  colour: isTTY === true && !process.env['NO_COLOR'],
});

async function deliver(report: ScoreReport, { out, json, failUnder }: GradeArguments): Promise<void> {
  const files = await saveReport(report, join(out, withoutArchiveSuffix(report.submission.name)));
  if (json) process.stdout.write(toJson(report));
  else process.stdout.write(`${renderReport(report, paperOf(process.stdout))}\nSaved ${files.join(' and ')}\n`);
  if (failUnder !== undefined && report.totals.earned < failUnder) process.exitCode = EXIT.belowFailUnder;
}
