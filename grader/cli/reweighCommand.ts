import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { findAssignment } from '../assignments/findAssignments.ts';
import { readManual } from '../gradebook/manualFile.ts';
import { attemptIn } from '../gradebook/store/attempts.ts';
import { reweigh } from '../grade/reweigh.ts';
import { UsageError } from '../model/errors.ts';
import type { ScoreReport } from '../model/report.ts';
import { readJson } from '../report/json/readJson.ts';
import { DOCUMENT, saveReport } from '../report/saveReport.ts';
import { points } from '../report/text/numbers.ts';
import { printableLine } from '../report/text/printable.ts';
import { applyManualPoints } from '../score/applyManualPoints.ts';
import { gradebookBeside, withKnownGradebook } from './gradebookOption.ts';

interface ReweighArguments {
  readonly from: string[];
  readonly apply: boolean;
}

/** `grade reweigh <from..>`: the present points of an assignment, without examining again. */
export const reweighCommand = (root: string): CommandModule<object, ReweighArguments> => ({
  command: 'reweigh <from..>',
  describe: 'Give the saved reports of single submissions the points and weights of today, without examining again',
  builder: (cli) => options(cli) as unknown as Argv<ReweighArguments>,
  handler: (given) => run(root, given),
});

const options = (cli: Argv) =>
  cli
    .positional('from', { type: 'string', array: true, demandOption: true, describe: 'The report.json of submissions' })
    .option('apply', { type: 'boolean', default: false, describe: 'Save the reports; without it they are only shown' })
    .example('$0 reweigh reports/*/report.json', 'who would gain and who would lose')
    .example('$0 reweigh reports/*/report.json --apply', '')
    .epilogue(
      'Points, weights, bonus and titles of assignment.yaml may have changed. If its criteria have changed, grade again.\n' +
        'Of a class, grade regrade does the same in the gradebook.\n' +
        'Exit codes: 0 shown or saved, 2 no such report, or a change that needs a new grading',
    );

async function run(root: string, { from, apply }: ReweighArguments): Promise<void> {
  const other = from.find((path) => basename(path) !== DOCUMENT);
  if (apply && other !== undefined) throw new UsageError(`${other}: only a ${DOCUMENT} is saved again`);
  for (const path of from) await requireOfNoClass(path);
  const reweighed = await Promise.all(from.map((path) => one(root, path)));
  for (const { path, before, after } of reweighed) {
    if (apply) await saveReport(after, dirname(path));
    const [old, now] = [before, after].map(({ totals }) => `${points(totals.earned)} of ${points(totals.possible)}`);
    process.stdout.write(`${printableLine(after.submission.name)}: ${old} → ${now}\n`);
  }
  if (!apply) process.stdout.write('Nothing was saved; --apply saves the reports.\n');
}

/**
 * @throws UsageError if the report is one of a class: its score is the gradebook's, and two rules would give two scores
 */
async function requireOfNoClass(path: string): Promise<void> {
  const folder = resolve(dirname(path));
  const gradebook = gradebookBeside(dirname(folder));
  const isOfClass =
    ['class.json', 'class.only.json'].some((name) => existsSync(join(dirname(folder), name))) ||
    (existsSync(gradebook) && (await isInGradebook(gradebook, folder)));
  if (isOfClass)
    throw new UsageError(
      `${path}: the scores of a class are in its gradebook; grade regrade shows what the present points change, and --apply makes that count`,
    );
}

const isInGradebook = (gradebook: string, folder: string): Promise<boolean> =>
  withKnownGradebook(
    gradebook,
    async (book) => (await book.read((db) => attemptIn(db, relative(book.folder, folder)))) !== undefined,
    'read',
  );

interface Reweighed {
  readonly path: string;
  readonly before: ScoreReport;
  readonly after: ScoreReport;
}

/** @throws UsageError if it cannot be read, or needs a new grading */
async function one(root: string, path: string): Promise<Reweighed> {
  const before = await readJson(path);
  const assignment = findAssignment(root, before.assignment.id);
  try {
    const manual = await readManual(dirname(path), assignment.id);
    const after = applyManualPoints(assignment, reweigh(assignment, before), { manual, times: before.totals.late });
    return { path, before, after };
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(`${path}: ${error.message}`) : error;
  }
}
