import { readFile } from 'node:fs/promises';
import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { buildGradescopeZip } from '../platforms/gradescope/autograder/buildGradescopeZip.ts';
import { supersededScores } from '../gradebook/store/published.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { UsageError } from '../model/errors.ts';
import { countingScores } from '../course/countingScores.ts';
import { nothingHandedIn } from '../gradebook/nothingHandedIn.ts';
import type { Assignment } from '../model/assignment.ts';
import type { ScoreReport } from '../model/report.ts';
import { whyNotRead } from '../common/whyNotRead.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import { GRADEBOOK_FORMAT_NAMES, REPORT_FORMAT_NAMES, gradebookFormat, reportFormat } from '../platforms/formats.ts';
import { fillMoodle } from '../platforms/moodle/fillMoodle.ts';
import { type ScoredWork, type ScoreTable, scoreTableOf } from '../platforms/ScoreTable.ts';
import { partNotes, pendingNotes, some, ungradedNotes } from '../platforms/pendingNotes.ts';
import { GRADEBOOK_OPTION, withKnownGradebook } from './gradebookOption.ts';
import { otherScoresNote } from './otherScoresNote.ts';
import { readResult, readScoreTable } from './readScoreTable.ts';
import { printableLine } from '../report/text/printable.ts';
import { supersededNotes } from '../platforms/supersededNotes.ts';

interface ExportArguments {
  readonly format: string;
  readonly from: string[] | undefined;
  readonly assignment: string | undefined;
  readonly gradebook: string | undefined;
  readonly worksheet: string | undefined;
  readonly gradeColumn: string | undefined;
  readonly out: string | undefined;
}

const MOODLE = 'moodle';
const AUTOGRADER = 'gradescope-autograder';
const FORMATS = [...REPORT_FORMAT_NAMES, ...GRADEBOOK_FORMAT_NAMES, MOODLE, AUTOGRADER];

/** `grade export <format> [from..]`: other formats of what was graded, and the autograder for Gradescope. */
export const exportCommand = (root: string): CommandModule<object, ExportArguments> => ({
  command: 'export <format> [from..]',
  describe: 'Convert saved reports, or the scores in the gradebook, for another program',
  builder: options as CommandModule<object, ExportArguments>['builder'] & object,
  handler: (given) => run(root, given),
});

const options = (cli: Argv) =>
  cli
    .positional('format', { type: 'string', demandOption: true, describe: FORMATS.join(', ') })
    .positional('from', {
      type: 'string',
      array: true,
      describe: `report.json of one submission; of several, or class.json, for a gradebook; the assignment for ${AUTOGRADER}`,
    })
    .option('assignment', { type: 'string', describe: 'Take the scores that count from the gradebook instead' })
    .option('gradebook', GRADEBOOK_OPTION)
    .option('worksheet', { type: 'string', describe: 'The grading worksheet downloaded from Moodle, to be filled in' })
    .option('grade-column', { type: 'string', describe: 'The name of its column of grades, if not "Grade"' })
    .option('out', { alias: 'o', type: 'string', describe: 'File to write; standard output if left out' })
    .example('$0 export junit reports/ada/report.json --out junit.xml', '')
    .example(
      '$0 export canvas --assignment conv2d-gemm --out canvas.csv',
      'the attempts that count, from the gradebook',
    )
    .example('$0 export canvas reports/hw/class.json --out canvas.csv', 'a row per student, also without a score')
    .example('$0 export canvas reports/hw/*/report.json --out canvas.csv', 'a row per student of these reports')
    .example('$0 export moodle reports/hw/class.json --worksheet grades.csv --out filled.csv', '')
    .example('$0 export gradescope-autograder conv2d-gemm --out autograder.zip', 'ready to upload');

/** Reads what a table is made of. */
type Table = () => Promise<ScoreTable>;

async function run(root: string, given: ExportArguments): Promise<void> {
  const { format, from = [], worksheet, gradeColumn, assignment, out } = given;
  if (!FORMATS.includes(format)) throw new UsageError(`unknown format "${format}"; available: ${FORMATS.join(', ')}`);
  if (format !== MOODLE && (worksheet ?? gradeColumn) !== undefined)
    throw new UsageError(`--worksheet and --grade-column are for ${MOODLE}`);
  requireSource(given);
  if (out !== undefined) await requireWritable([out]);
  if (format === AUTOGRADER) return writeAutograder(root, one(format, from), out);
  const table: Table = () =>
    assignment === undefined ? readTable(root, from) : readGradebook(findAssignment(root, assignment), given.gradebook);
  const text = format === MOODLE ? await moodle(table, worksheet, gradeColumn) : await rendered(format, from, table);
  await deliver(text, out);
}

/** @throws UsageError unless there is exactly one place that the scores come from */
function requireSource({ format, from = [], assignment, gradebook }: ExportArguments): void {
  if (assignment === undefined) {
    if (gradebook !== undefined) throw new UsageError('--gradebook: say of which assignment with --assignment');
    if (from.length === 0)
      throw new UsageError('name a report.json or a class.json, or --assignment for the gradebook');
    return;
  }
  if (from.length > 0) throw new UsageError(`--assignment takes the scores from the gradebook; leave out ${from[0]}`);
  if (format !== MOODLE && !gradebookFormat(format))
    throw new UsageError(`${format} is the format of one report: name its report.json instead of --assignment`);
}

async function rendered(format: string, from: readonly string[], table: Table): Promise<string> {
  const gradebook = gradebookFormat(format);
  if (gradebook) return gradebook.renderAll(await table());
  return reportFormat(format)!.render(await readReport(one(format, from)));
}

async function moodle(table: Table, worksheet: string | undefined, gradeColumn?: string): Promise<string> {
  if (worksheet === undefined)
    throw new UsageError('moodle: name the grading worksheet downloaded from the assignment with --worksheet');
  const { text, unmatched } = fillMoodle(await bytesOf(worksheet), await table(), gradeColumn);
  if (unmatched.length > 0) warn(`not in the worksheet, left out: ${some(unmatched)}`);
  return text;
}

async function readTable(root: string, from: readonly string[]): Promise<ScoreTable> {
  const { table, reports, classes, notes } = await readScoreTable(from);
  notes.forEach(warn);
  const { id } = table.assignment;
  for (const path of classes) {
    const note = await otherScoresNote(path, table, () => findAssignment(root, id));
    if (note !== undefined) warn(note);
  }
  return noted(table, reports);
}

function readGradebook(assignment: Assignment, gradebook: string | undefined): Promise<ScoreTable> {
  const table = async (book: CourseGradebook) => {
    const { scored, ungraded } = await countingScores(book, assignment);
    if (scored.length === 0 && ungraded.length === 0) throw nothingHandedIn(assignment.id);
    supersededNotes(await book.read((db) => supersededScores(db, assignment.id)), assignment.id).forEach(warn);
    return noted(scoreTableOf(scored, ungraded), scored);
  };
  return withKnownGradebook(gradebook, table, 'read');
}

/** Prints what the numbers do not show. */
function noted(table: ScoreTable, reports: readonly ScoredWork[]): ScoreTable {
  [...partNotes(reports), ...pendingNotes(table), ...ungradedNotes(table)].forEach(warn);
  return table;
}

async function readReport(path: string): Promise<ScoreReport> {
  const report = await readResult(path);
  [...partNotes([report]), ...pendingNotes(scoreTableOf([report]))].forEach(warn);
  return report;
}

async function writeAutograder(root: string, id: string, out: string | undefined): Promise<void> {
  if (out === undefined) throw new UsageError(`${AUTOGRADER}: name the archive with --out`);
  await writeWhole(out, await buildGradescopeZip(root, findAssignment(root, id)));
}

/** @throws UsageError if there are several */
function one(format: string, from: readonly string[]): string {
  if (from.length > 1) throw new UsageError(`${format} takes a single report; ${from.length} were named`);
  return from[0];
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${whyNotRead(error)}`);
  }
}

async function deliver(text: string, out: string | undefined): Promise<void> {
  if (out === undefined) process.stdout.write(text);
  else await writeWhole(out, text);
}

const warn = (line: string): boolean => process.stderr.write(`grade: ${printableLine(line)}\n`);
