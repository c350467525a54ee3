import { availableParallelism } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { chooseAssignment } from '../assignments/chooseAssignment.ts';
import type { ClassSource } from '../class/ClassItem.ts';
import { classReportOf } from '../class/classReportOf.ts';
import { type KnownMistake, readKnownMistakes } from '../class/commonMistakes.ts';
import { type ClassOptions, gradeClass } from '../class/gradeClass.ts';
import { type ClassContents, readClass } from '../class/handInsOf.ts';
import { namesInClass } from '../class/namesInClass.ts';
import { putAwayLeavers } from '../class/putAwayLeavers.ts';
import { openClass } from '../class/openClass.ts';
import { supersededScores } from '../gradebook/store/published.ts';
import { courseAssignment, setPolicy } from '../gradebook/store/assignments.ts';
import { type Counts, COUNTS } from '../gradebook/store/tables.ts';
import { deadlinesFor } from '../class/deadlines.ts';
import { enrol, type Enrolment } from '../class/roster/enrol.ts';
import { readRoster, type RosterEntry } from '../class/roster/readRoster.ts';
import { ambiguityNote } from '../class/ClassRecorder.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { keptRoster, recordRoster } from '../gradebook/store/enrolments.ts';
import { absentRow } from '../class/rows.ts';
import { withSuiteRunners } from '../examine/SuiteRunners.ts';
import { selectCriteria } from '../grade/selectCriteria.ts';
import { withoutArchiveSuffix } from '../intake/listArchives.ts';
import { wantedBy } from '../intake/readSubmission.ts';
import { type IsolationChoice, sandboxFor } from '../isolation/sandboxFor.ts';
import type { ClassRow } from '../model/classReport.ts';
import { EXIT, UsageError } from '../model/errors.ts';
import { hasGraderError } from '../model/outcome.ts';
import { parseWanted, type WantedFormat } from '../platforms/formats.ts';
import { some } from '../platforms/pendingNotes.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { saveClassReport } from '../report/class/saveClassReport.ts';
import { renderClass } from '../report/terminal/renderClass.ts';
import { printableLine } from '../report/text/printable.ts';
import { showClassProgress } from './showClassProgress.ts';
import { classDeadlinesOf } from './classDeadlinesOf.ts';
import { DEADLINE_OPTIONS, type DeadlineArguments } from './deadlineOptions.ts';
import { inWorkFolder } from './inWorkFolder.ts';
import {
  chosenCount,
  chosenCriteria,
  chosenGemm,
  chosenSeed,
  interruption,
  INTERRUPTED,
  ISOLATION_OPTION,
  REPORT_OPTION,
  SELECTION_OPTIONS,
} from './options.ts';
import { GRADEBOOK_OPTION, gradebookBeside, withGradebook } from './gradebookOption.ts';
import { graderFailedAt } from './graderFailedAt.ts';
import { savedLines } from './savedLines.ts';
import { controlsEscaped } from '../report/json/controlsEscaped.ts';
import { lanesFor } from './lanesFor.ts';
import { terminalWidthAndColour } from './screen.ts';
import { supersededNotes } from '../platforms/supersededNotes.ts';

interface ClassArguments extends DeadlineArguments {
  readonly handedIn: string | undefined;
  readonly roster: string | undefined;
  readonly submissions: string;
  readonly assignment: string | undefined;
  readonly only: string[] | undefined;
  readonly seed: string | undefined;
  readonly jobs: string | undefined;
  readonly isolation: IsolationChoice;
  readonly json: boolean;
  readonly out: string | undefined;
  readonly report: string[];
  readonly gradebook: string | undefined;
  readonly counts: Counts | undefined;
}

/** `grade class <submissions>`: grades a whole class. */
export const classCommand = (root: string): CommandModule<object, ClassArguments> => ({
  command: 'class <submissions>',
  describe: 'Grade a folder or zip of submissions; the same command continues an interrupted class',
  builder: options as CommandModule<object, ClassArguments>['builder'] & object,
  handler: (given) => run(root, given),
});

const options = (cli: Argv) =>
  cli
    .positional('submissions', {
      type: 'string',
      demandOption: true,
      describe:
        'Folder or .zip with a folder or an archive for each student, or as Canvas, Moodle, Gradescope and others download it',
    })
    .options(SELECTION_OPTIONS)
    .option('seed', {
      type: 'string',
      describe: 'Examine on the inputs of an earlier grading of the class',
    })
    .option('jobs', {
      alias: 'j',
      type: 'string',
      defaultDescription: String(availableParallelism()),
      describe: 'Submissions at a time; a team’s speed is measured alone',
    })
    .option('isolation', ISOLATION_OPTION)
    .options(DEADLINE_OPTIONS)
    .option('handed-in', { type: 'string', describe: 'CSV file with the columns student and handedIn' })
    .option('roster', {
      type: 'string',
      describe: 'CSV file of who is in the course, as Canvas, Moodle, Gradescope and others export it',
    })
    .option('json', { type: 'boolean', default: false, describe: 'Print the class report as JSON only' })
    .option('out', { alias: 'o', type: 'string', describe: 'Folder for the reports (reports/<class>)' })
    .option('report', REPORT_OPTION)
    .option('gradebook', GRADEBOOK_OPTION)
    .option('counts', { choices: COUNTS, describe: 'Which attempt of a team counts, from now on (latest)' })
    .example('$0 class submissions.zip', 'as downloaded; reports in reports/submissions/')
    .example('$0 class submissions --only correctness', 'without speed and accuracy')
    .example('$0 class submissions --report student-page', 'also a page for each student to hand back')
    .example('$0 class submissions --deadlines course.yaml', 'due: 2026-11-20T09:00+01:00, extensions: { ada: 3 days }')
    .example('$0 class submissions.zip --roster students.csv', 'names, ids and addresses; who handed in nothing')
    .epilogue(
      'Exit codes: 0 done, whatever the scores, 2 bad usage, 3 the grader failed at a submission, 130 interrupted',
    );

async function run(root: string, given: ClassArguments): Promise<void> {
  const [chosen, only] = [chosenSeed(given.seed), chosenCriteria(given.only)];
  const jobs = chosenCount('jobs', given.jobs) ?? availableParallelism();
  const wanted = given.report.map(wantedOfEach);
  const gemm = chosenGemm();
  const assignment = await chooseAssignment(root, given.assignment, given.submissions, (one) =>
    namesInClass(given.submissions, one),
  );
  selectCriteria(assignment, only);
  const course = classDeadlinesOf(given);
  const roster = given.roster === undefined ? undefined : readRoster(given.roster);
  const known = readKnownMistakes(assignment.folders.tests);
  const source = await openClass(given.submissions, wantedBy(assignment));
  try {
    const contents = await readClass(source, given.submissions, assignment);
    const out = given.out ?? join('reports', withoutArchiveSuffix(basename(resolve(given.submissions))));
    await requireWritable([join(out, 'class.json')]);
    await inWorkFolder(out, async () => {
      const sandbox = await sandboxFor(root, given.isolation, assignment);
      await withGradebook(given.gradebook ?? gradebookBeside(out), dirname(resolve(out)), async (book) => {
        const stored = await courseAssignment(book, assignment);
        if (given.counts) await setPolicy(book, assignment.id, { counts: given.counts });
        const { handIns, absent, notes } = await enrolment(book, contents, roster);
        const fitted = deadlinesFor(course, handIns);
        const [seed, path] = [chosen ?? stored.seed, given.submissions];
        const lanes = await lanesFor(assignment, only, jobs, note);
        const options = {
          ...{ root, assignment, handIns, path, out, book, seed, only, gemm, sandbox, wanted, jobs, lanes, note },
          deadlines: fitted.deadlines,
        };
        [...contents.notes, ...notes, ...fitted.notes].forEach(note);
        await gradeAll(options, absent.map(absentRow), source, known, given.json);
      });
    });
  } finally {
    source.close();
  }
}

/** A roster is kept in the gradebook. A class without one is matched with what is kept, but may be of some of these only. */
async function enrolment(
  book: CourseGradebook,
  { handIns }: ClassContents,
  roster: readonly RosterEntry[] | undefined,
): Promise<Enrolment> {
  if (!roster) return { ...enrol(handIns, await book.read(keptRoster), false), absent: [] };
  const ambiguities = await recordRoster(book, roster);
  const { notes, ...enrolled } = enrol(handIns, roster);
  return { ...enrolled, notes: [...ambiguities.map(ambiguityNote), ...notes] };
}

const note = (line: string): void => void process.stderr.write(`grade: ${printableLine(line)}\n`);

/** @throws UsageError if one file is named for all */
function wantedOfEach(text: string): WantedFormat {
  const wanted = parseWanted(text);
  if (wanted.path === undefined) return wanted;
  throw new UsageError(
    `--report ${text}: each submission gets its own file, next to its report; leave out the file name`,
  );
}

async function gradeAll(
  options: Omit<ClassOptions, 'suiteRunners' | 'progress' | 'signal'>,
  absent: readonly ClassRow[],
  source: ClassSource,
  known: readonly KnownMistake[],
  json: boolean,
): Promise<void> {
  const signal = interruption();
  const progress = showClassProgress(process.stderr);
  const rows = await withSuiteRunners((suiteRunners) =>
    gradeClass({ ...options, suiteRunners, progress, signal }),
  ).finally(() => progress.stop());
  const done = rows.filter((row) => row !== undefined);
  if (signal.aborted) {
    process.stderr.write(
      `grade: interrupted; ${done.length} of ${rows.length} are done; run the same command again to continue\n`,
    );
    process.exitCode = INTERRUPTED;
    return;
  }
  supersededNotes(
    await options.book.read((db) => supersededScores(db, options.assignment.id)),
    options.assignment.id,
  ).forEach(note);
  const former = await putAwayLeavers(options.out, new Set(options.handIns.map(({ folder }) => folder)));
  if (former.length > 0) note(`not in the class any more, reports put away as report.earlier.json: ${some(former)}`);
  const report = classReportOf(options, [...done, ...absent], known);
  const files = await saveClassReport(report, options.out);
  const style = terminalWidthAndColour(process.stdout);
  process.stdout.write(
    json
      ? `${controlsEscaped(JSON.stringify(report))}\n`
      : renderClass(source.name, report.rows, style) + savedLines(files, style.width),
  );
  const failed = done.filter((row) => row.status === 'grader-error' || hasGraderError(Object.values(row.criteria)));
  if (failed.length === 0) return;
  process.stderr.write(`grade: ${graderFailedAt(failed.map(({ name }) => name))}\n`);
  process.exitCode = EXIT.graderFailed;
}
