import { basename, join, resolve } from 'node:path';
import type { GemmKind } from '@im2grade/engine/run';
import type { Argv, CommandModule } from 'yargs';
import { chooseAssignment } from '../assignments/chooseAssignment.ts';
import { withSuiteRunners } from '../examine/SuiteRunners.ts';
import { grade, type GradeOptions } from '../grade/grade.ts';
import { selectCriteria } from '../grade/selectCriteria.ts';
import { withoutArchiveSuffix } from '../intake/listArchives.ts';
import { namesIn, readSubmission } from '../intake/readSubmission.ts';
import { type IsolationChoice, sandboxFor } from '../isolation/sandboxFor.ts';
import type { Deadlines } from '../model/deadlines.ts';
import { EXIT, UsageError } from '../model/errors.ts';
import { hasGraderError } from '../model/outcome.ts';
import { RepeatReport } from '../model/repeatReport.ts';
import { repeat } from '../grade/repeat.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import { asFailed, asItIs, type Naming } from '../report/besideFull.ts';
import { type WantedFormat, parseWanted } from '../platforms/formats.ts';
import { readJson } from '../report/json/readJson.ts';
import { toJson } from '../report/json/writeJson.ts';
import { readManual } from '../gradebook/manualFile.ts';
import { putAwayEarlier, savedFormats, saveFormats } from '../platforms/saveFormats.ts';
import { otherWorkIn, requireSameWork } from '../report/workInFolder.ts';
import { reportNaming, saveReport } from '../report/saveReport.ts';
import { renderRepeated } from '../report/terminal/renderRepeated.ts';
import { renderReport } from '../report/terminal/renderReport.ts';
import { type HandInTimes, handInTimes } from '../score/handInTimes.ts';
import { applyManualPoints } from '../score/applyManualPoints.ts';
import { checkedMoment, DEADLINE_OPTIONS, type DeadlineArguments, deadlinesOf } from './deadlineOptions.ts';
import {
  chosenCount,
  chosenCriteria,
  chosenGemm,
  chosenPoints,
  chosenSeed,
  ISOLATION_OPTION,
  REPORT_OPTION,
  SELECTION_OPTIONS,
} from './options.ts';
import { showProgress } from './showProgress.ts';
import { graderFailedAt } from './graderFailedAt.ts';
import { savedLines } from './savedLines.ts';
import { exportedScore } from '../report/text/exportedScore.ts';
import { controlsEscaped } from '../report/json/controlsEscaped.ts';
import { terminalWidthAndColour } from './screen.ts';
import { untilInterrupted } from './untilInterrupted.ts';
import { withRefusals } from './withRefusals.ts';

interface GradeArguments extends DeadlineArguments {
  readonly submission: string;
  readonly assignment: string | undefined;
  readonly only: string[] | undefined;
  readonly seed: string | undefined;
  readonly isolation: IsolationChoice;
  readonly json: boolean;
  readonly out: string;
  readonly report: string[];
  readonly handedIn: string | undefined;
  readonly failUnder: string | undefined;
  readonly repeat: string | undefined;
}

/** `grade <submission>`: grades one submission. */
export const gradeCommand = (root: string): CommandModule<object, GradeArguments> => ({
  command: '$0 <submission>',
  describe: 'Grade one submission: print the score and save the report',
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
    .options(SELECTION_OPTIONS)
    .option('seed', { type: 'string', describe: 'Examine on the inputs of an earlier grading' })
    .option('isolation', ISOLATION_OPTION)
    .option('json', { type: 'boolean', default: false, describe: 'Print the score report as JSON only' })
    .option('out', {
      alias: 'o',
      type: 'string',
      default: 'reports',
      describe: 'Folder for report.json and report.html',
    })
    .option('repeat', {
      type: 'string',
      requiresArg: true,
      describe: 'Grade this many times on fresh inputs and show what varies',
    })
    .option('report', REPORT_OPTION)
    .options(DEADLINE_OPTIONS)
    .option('handed-in', { type: 'string', describe: 'When it was handed in, as --due' })
    .option('fail-under', { type: 'string', describe: 'Exit with 1 if fewer points are earned' })
    .example('$0 examples/submission', 'everything, report in reports/')
    .example('$0 ada.zip --only correctness', 'without speed and accuracy, in seconds')
    .example('$0 ada --only im2mat.stride --seed 42', 'one criterion again, on the same inputs')
    .example('$0 ada --json --fail-under 60', 'for CI')
    .example('$0 ada --due 2026-11-20T09:00Z --handed-in 2026-11-21T18:00Z', 'with the late policy applied')
    .example('$0 ada --repeat 10', 'how much of the score is chance')
    .example('$0 ada --report junit=junit.xml', 'also for a program that reads JUnit XML')
    .example('$0 ada --report student-page', 'also a page that the student may see')
    .epilogue(
      'IM2GRADE_GEMM=ts|wasm|openblas: the backend of gemm, for the submission and the reference alike (wasm)\n' +
        'Exit codes: 0 graded, 1 graded below --fail-under, 2 bad usage or cannot be graded, 3 the grader failed',
    );

const run = (root: string, given: GradeArguments): Promise<void> =>
  untilInterrupted('nothing was written', (signal) => work(root, given, chosenOf(given), signal));

/** The parsed options. */
interface Chosen {
  readonly seed: number | undefined;
  readonly only: readonly string[];
  readonly runs: number | undefined;
  readonly least: number | undefined;
  readonly wanted: readonly WantedFormat[];
  readonly gemm: GemmKind;
}

/** @throws UsageError if the value of an option is invalid */
const chosenOf = (given: GradeArguments): Chosen => ({
  seed: chosenSeed(given.seed),
  only: chosenCriteria(given.only),
  runs: chosenCount('repeat', given.repeat),
  least: chosenPoints('fail-under', given.failUnder),
  wanted: given.report.map(parseWanted),
  gemm: chosenGemm(),
});

async function work(root: string, given: GradeArguments, chosen: Chosen, signal: AbortSignal): Promise<void> {
  const progress = showProgress(process.stderr);
  try {
    await gradeShowing(progress, root, given, chosen, signal);
  } finally {
    progress.stop();
  }
}

async function gradeShowing(
  progress: Progress,
  root: string,
  given: GradeArguments,
  chosen: Chosen,
  signal: AbortSignal,
): Promise<void> {
  const { seed, only, runs, wanted, gemm } = chosen;
  const assignment = await chooseAssignment(root, given.assignment, given.submission, (one) =>
    namesIn(given.submission, one, signal),
  );
  selectCriteria(assignment, only);
  const about = { assignment, submission: basename(resolve(given.submission)) };
  const folder = folderOf(given.out, about.submission);
  const times = timesOf(given, deadlinesOf(given), withoutArchiveSuffix(about.submission));
  await requireWritable([join(folder, 'report.json'), ...wanted.flatMap(({ path }) => path ?? [])]);
  await readManual(folder, assignment.id);
  const other = await otherWorkIn(folder, given.submission);
  await withRefusals(wanted, about, folder, other === undefined, async () => {
    const submission = await readSubmission(given.submission, assignment, signal);
    requireSameWork(other, submission.digest, folder);
    const sandbox = await sandboxFor(root, given.isolation, assignment);
    const path = given.submission;
    const settings = { root, assignment, submission, path, seed, only, gemm, sandbox, progress, signal };
    await withSuiteRunners(async (suiteRunners) => {
      const options = { ...settings, suiteRunners };
      await (runs === undefined ? gradeOnce(options, times, given, chosen) : gradeAgain(options, runs, given, chosen));
    });
  });
}

type Progress = ReturnType<typeof showProgress>;
type Options = GradeOptions & { readonly progress: Progress };

async function gradeOnce(
  options: Options,
  times: HandInTimes | undefined,
  given: GradeArguments,
  { only, wanted, least }: Chosen,
): Promise<void> {
  const { assignment } = options;
  const graded = await grade(options);
  options.progress.stop();
  const folder = folderOf(given.out, graded.submission.name);
  const manual = await readManual(folder, assignment.id);
  const known = times ?? (await timesBefore(folder, graded.submission.digest));
  const report = applyManualPoints(assignment, graded, { manual, times: known });
  const style = terminalWidthAndColour(process.stdout);
  await putAwayEarlier(folder, report.submission.digest);
  const named = await reportNaming(report, folder, only);
  const there = savedFormats(folder, named).filter(({ format }) => !wanted.some((each) => each.format === format));
  const files = [...(await saveReport(report, folder, named)), ...(await saveFormats(wanted, report, folder, named))];
  // What is saved there in other formats shows the same score.
  await saveFormats(there, report, folder, named);
  const notes = noteOn(named);
  process.stdout.write(
    given.json ? toJson(report) : `${renderReport(report, style)}\n${savedLines(files, style.width)}${notes}`,
  );
  failUnder(exportedScore(report.totals).score, least);
  failIfGraderFailed(report.outcomes.filter((outcome) => hasGraderError([outcome])));
}

/** When the same work was due and handed in, as the report that is replaced says. */
async function timesBefore(folder: string, digest: string): Promise<HandInTimes | undefined> {
  const before = await readJson(join(folder, 'report.json')).catch(() => undefined);
  return before?.submission.digest === digest ? before.totals.late : undefined;
}

function noteOn(named: Naming): string {
  if (named === asItIs) return '';
  if (named === asFailed) return 'This is not a result; an earlier report is unchanged.\n';
  return 'Only some criteria were examined; the full report is unchanged.\n';
}

/** @param failed - the criteria at which the grader failed */
function failIfGraderFailed(failed: readonly { readonly id: string }[]): void {
  if (failed.length === 0) return;
  process.stderr.write(`grade: ${graderFailedAt(failed.map(({ id }) => id))}\n`);
  process.exitCode = EXIT.graderFailed;
}

async function gradeAgain(options: Options, runs: number, given: GradeArguments, { least }: Chosen): Promise<void> {
  const report = await repeat(options, runs, (number) => options.progress.repeated(number, runs));
  options.progress.stop();
  const file = join(folderOf(given.out, report.submission.name), 'repeat.json');
  const style = terminalWidthAndColour(process.stdout);
  const text = controlsEscaped(JSON.stringify(RepeatReport.parse(report), undefined, 2)) + '\n';
  await writeWhole(file, text);
  process.stdout.write(given.json ? text : `${renderRepeated(report, style)}\n${savedLines([file], style.width)}`);
  failUnder(Math.min(...report.earned), least);
  failIfGraderFailed(report.criteria.filter(({ runs }) => hasGraderError(runs)));
}

/** @throws UsageError if only one of the two times is known */
function timesOf({ handedIn }: GradeArguments, deadlines: Deadlines, student: string): HandInTimes | undefined {
  const moment = handedIn === undefined ? undefined : checkedMoment('handed-in', handedIn).at;
  const times = handInTimes(moment === undefined ? deadlines : { ...deadlines, handedIn: {} }, [student], moment);
  if (!times && moment !== undefined)
    throw new UsageError('--handed-in needs a due date: --due, or due in --deadlines');
  if (!times && deadlines.due !== undefined)
    throw new UsageError(`the hand-in time is unknown; set --handed-in, or handedIn of ${student} in --deadlines`);
  return times;
}

function failUnder(earned: number, least: number | undefined): void {
  if (least !== undefined && earned < least) process.exitCode = EXIT.belowFailUnder;
}

const folderOf = (out: string, submission: string): string => join(out, withoutArchiveSuffix(submission));
