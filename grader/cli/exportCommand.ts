import { readFile } from 'node:fs/promises';
import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { buildGradescopeZip } from '../platforms/gradescope/autograder/buildGradescopeZip.ts';
import { UsageError } from '../model/errors.ts';
import type { ScoreReport } from '../model/report.ts';
import { requireWritable } from '../host/files/requireWritable.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import { GRADEBOOK_FORMAT_NAMES, REPORT_FORMAT_NAMES, gradebookFormat, reportFormat } from '../platforms/formats.ts';
import { fillMoodle } from '../platforms/moodle/fillMoodle.ts';
import { type ScoreTable, scoreTableOf } from '../platforms/ScoreTable.ts';
import { partNotes, pendingNotes, some, ungradedNotes } from '../platforms/pendingNotes.ts';
import { readResult, readScoreTable } from './readScoreTable.ts';
import { printableLine } from '../report/text/printable.ts';

interface ExportArguments {
  readonly format: string;
  readonly from: string[];
  readonly worksheet: string | undefined;
  readonly gradeColumn: string | undefined;
  readonly out: string | undefined;
}

const MOODLE = 'moodle';
const AUTOGRADER = 'gradescope-autograder';
const FORMATS = [...REPORT_FORMAT_NAMES, ...GRADEBOOK_FORMAT_NAMES, MOODLE, AUTOGRADER];

/** `grade export <format> <from..>`: other formats of saved reports, and the autograder for Gradescope. */
export const exportCommand = (root: string): CommandModule<object, ExportArguments> => ({
  command: 'export <format> <from..>',
  describe: 'Convert saved reports for another program',
  builder: options as CommandModule<object, ExportArguments>['builder'] & object,
  handler: (given) => run(root, given),
});

const options = (cli: Argv) =>
  cli
    .positional('format', { type: 'string', demandOption: true, describe: FORMATS.join(', ') })
    .positional('from', {
      type: 'string',
      array: true,
      demandOption: true,
      describe: `report.json of one submission; of several, or class.json, for a gradebook; the assignment for ${AUTOGRADER}`,
    })
    .option('worksheet', { type: 'string', describe: 'The grading worksheet downloaded from Moodle, to be filled in' })
    .option('grade-column', { type: 'string', describe: 'The name of its column of grades, if not "Grade"' })
    .option('out', { alias: 'o', type: 'string', describe: 'File to write; standard output if left out' })
    .example('$0 export junit reports/ada/report.json --out junit.xml', '')
    .example('$0 export canvas reports/hw/class.json --out canvas.csv', 'a row per student, also without a score')
    .example('$0 export canvas reports/hw/*/report.json --out canvas.csv', 'a row per student of these reports')
    .example('$0 export moodle reports/hw/class.json --worksheet grades.csv --out filled.csv', '')
    .example('$0 export gradescope-autograder conv2d-gemm --out autograder.zip', 'ready to upload');

async function run(root: string, { format, from, worksheet, gradeColumn, out }: ExportArguments): Promise<void> {
  if (!FORMATS.includes(format)) throw new UsageError(`unknown format "${format}"; available: ${FORMATS.join(', ')}`);
  if (format !== MOODLE && (worksheet ?? gradeColumn) !== undefined)
    throw new UsageError(`--worksheet and --grade-column are for ${MOODLE}`);
  if (out !== undefined) await requireWritable([out]);
  if (format === AUTOGRADER) return writeAutograder(root, one(format, from), out);
  const text = format === MOODLE ? await moodle(from, worksheet, gradeColumn) : await rendered(format, from);
  await deliver(text, out);
}

async function rendered(format: string, from: readonly string[]): Promise<string> {
  const gradebook = gradebookFormat(format);
  if (gradebook) return gradebook.renderAll(await readTable(from));
  return reportFormat(format)!.render(await readReport(one(format, from)));
}

async function moodle(from: readonly string[], worksheet: string | undefined, gradeColumn?: string): Promise<string> {
  if (worksheet === undefined)
    throw new UsageError('moodle: name the grading worksheet downloaded from the assignment with --worksheet');
  const { text, unmatched } = fillMoodle(await textOf(worksheet), await readTable(from), gradeColumn);
  if (unmatched.length > 0) warn(`not in the worksheet, left out: ${some(unmatched)}`);
  return text;
}

async function readTable(from: readonly string[]): Promise<ScoreTable> {
  const { table, reports } = await readScoreTable(from);
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

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
}

async function deliver(text: string, out: string | undefined): Promise<void> {
  if (out === undefined) process.stdout.write(text);
  else await writeWhole(out, text);
}

const warn = (line: string): boolean => process.stderr.write(`grade: ${printableLine(line)}\n`);
